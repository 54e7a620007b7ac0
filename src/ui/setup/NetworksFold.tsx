import { useSpec } from '../common/useLab.ts'
import { LazyFold } from './LazyFold.tsx'

/** The curves of the experiment. */
export const NetworksFold = () => {
  const curves = useSpec(({ spec }) => spec.networks.length)
  return <LazyFold fold="networks" title="Networks" facts={`${curves} curves`} />
}
