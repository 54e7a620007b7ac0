import { useSpec } from '../common/useLab.ts'
import { LazyFold } from './LazyFold.tsx'

/** How the networks are trained. */
export const RecipeFold = () => {
  const { steps, batchSize } = useSpec(({ spec }) => spec.recipe)
  return <LazyFold fold="recipe" title="Recipe" facts={`${steps} steps, batch ${batchSize}`} />
}
