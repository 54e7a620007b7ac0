import { blockNames } from '../../domain/curveWords.ts'
import { useSpec } from '../common/useLab.ts'
import { commonOption } from './commonOption.ts'
import { LazyFold } from './LazyFold.tsx'
import { orderFacts } from './orderFacts.ts'

/** What every block of every network is made of, and in which order: all networks together, so that the comparison stays fair. */
export const BlockFold = () => {
  const block = useSpec(({ spec }) => commonOption(spec, 'block'))
  const order = useSpec(({ spec }) => commonOption(spec, 'order'))
  const batchNorm = useSpec(({ spec }) => commonOption(spec, 'batchNorm'))
  const facts = [
    block === null ? 'blocks differ' : blockNames[block],
    order === null ? 'orders differ' : orderFacts[order],
    ...(batchNorm === false ? ['no batch norm'] : []),
  ]
  return <LazyFold fold="block" title="Block and order" facts={facts.join(', ')} />
}
