import { useSpec } from '../common/useLab.ts'
import { BatchNormChoice } from './BatchNormChoice.tsx'
import { BlockChoice } from './BlockChoice.tsx'
import { blockCards, orderCards } from './blockCards.ts'
import { commonOption } from './editFamily.ts'
import { Fold } from './Fold.tsx'
import { OrderChoice } from './OrderChoice.tsx'

/** What every block of every network is made of, and in which order: all networks together, so that the comparison stays fair. */
export const BlockFold = () => {
  const block = useSpec(({ spec }) => commonOption(spec, 'block'))
  const order = useSpec(({ spec }) => commonOption(spec, 'order'))
  const batchNorm = useSpec(({ spec }) => commonOption(spec, 'batchNorm'))
  const facts = [
    block === null ? 'blocks differ' : blockCards[block].fact,
    order === null ? 'orders differ' : orderCards[order].fact,
    ...(batchNorm === false ? ['no batch norm'] : []),
  ]
  return (
    <Fold title="Block and order" facts={facts.join(', ')}>
      <BlockChoice />
      <OrderChoice />
      <BatchNormChoice />
      <p className="note">Chosen for all networks together, so that the comparison stays fair.</p>
    </Fold>
  )
}
