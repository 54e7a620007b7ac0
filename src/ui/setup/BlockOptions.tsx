import { BatchNormChoice } from './BatchNormChoice.tsx'
import { BlockChoice } from './BlockChoice.tsx'
import { OrderChoice } from './OrderChoice.tsx'

/** What can be chosen for the blocks of all networks. */
export const BlockOptions = () => (
  <>
    <BlockChoice />
    <OrderChoice />
    <BatchNormChoice />
    <p className="note">Chosen for all networks together, so that the comparison stays fair.</p>
  </>
)
