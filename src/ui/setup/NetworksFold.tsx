import { lazyPart } from '../common/lazyPart.ts'
import { useSpec } from '../common/useLab.ts'
import { LazyFold } from './LazyFold.tsx'

const list = lazyPart(() => import('./NetworkList.tsx').then((module) => module.NetworkList))

/** The curves of the experiment. */
export const NetworksFold = () => {
  const curves = useSpec(({ spec }) => spec.networks.length)
  return <LazyFold title="Networks" facts={`${curves} curves`} body={list} />
}
