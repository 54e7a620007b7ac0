import { lazyPart } from '../common/lazyPart.ts'
import { useSpec } from '../common/useLab.ts'
import { LazyFold } from './LazyFold.tsx'

const fields = lazyPart(() => import('./Recipe.tsx').then((module) => module.Recipe))

/** How the networks are trained. */
export const RecipeFold = () => {
  const { steps, batchSize } = useSpec(({ spec }) => spec.recipe)
  return <LazyFold title="Recipe" facts={`${steps} steps, batch ${batchSize}`} body={fields} />
}
