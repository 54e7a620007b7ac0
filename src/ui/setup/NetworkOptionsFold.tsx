import { useId } from 'react'
import { curveLabel } from '../../domain/curveLabel.ts'
import { type CurveSpec, optionsOf } from '../../domain/curveSpec.ts'
import { blockNames, initialisationWords } from '../../domain/curveWords.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import {
  type ActivationOrder,
  activationOrders,
  type BlockType,
  blockTypes,
  type Initialisation,
  initialisations,
} from '../../domain/networkSpec.ts'
import { SelectField } from '../common/SelectField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { RefusalList } from './ChoiceCard.tsx'
import { allNumbers, CurveNumbers } from './CurveNumbers.tsx'
import { curveOfBlock } from './editFamily.ts'
import { withCurve, withReplaced } from './editSpec.ts'
import { Fold } from './Fold.tsx'
import { orderFacts } from './orderFacts.ts'
import { refusalOf } from './refusalOf.ts'

interface NetworkOptionsFoldProps {
  readonly index: number
  readonly curve: CurveSpec
}

/** Under the network's name, everything that can make it another one than its neighbours. */
export const NetworkOptionsFold = ({ index, curve }: NetworkOptionsFoldProps) => {
  const { stages } = curve
  return (
    <Fold
      className="fold fold--network"
      title={curveLabel(curve)}
      facts={stages === undefined ? '' : `stages ${stages.join('-')}`}
    >
      <Options index={index} curve={curve} />
    </Fold>
  )
}

const Options = ({ index, curve }: NetworkOptionsFoldProps) => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const boxId = useId()
  const { block, order, initialisation, batchNorm } = optionsOf(curve)

  const blockEdit = (value: BlockType) => (now: ExperimentSpec) =>
    withReplaced(now, index, (old) => curveOfBlock(old, value))
  const orderEdit = (value: ActivationOrder) => (now: ExperimentSpec) =>
    withCurve(now, index, { order: value })
  const startEdit = (value: Initialisation) => (now: ExperimentSpec) =>
    withCurve(now, index, { initialisation: value })
  const normEdit = (now: ExperimentSpec) => withCurve(now, index, { batchNorm: !batchNorm })

  const choices = <T extends string>(
    values: readonly T[],
    present: T,
    nameOf: (value: T) => string,
    edit: (value: T) => (now: ExperimentSpec) => ExperimentSpec,
  ) =>
    values.map((value) => {
      const refusal = value === present ? null : refusalOf(edit(value)(spec))
      return { value, name: nameOf(value), refusal, disabled: refusal !== null }
    })
  const blocks = choices(blockTypes, block, (value) => blockNames[value], blockEdit)
  const orders = choices(activationOrders, order, (value) => orderFacts[value], orderEdit)
  const starts = choices(initialisations, initialisation, (value) => initialisationWords[value], startEdit)
  const normRefusal = { name: batchNorm ? 'no batch norm' : 'batch norm', refusal: refusalOf(normEdit(spec)) }
  return (
    <>
      <SelectField
        className="field field--wide"
        label="Block"
        value={block}
        options={blocks}
        onChange={(value) => controller.edit(blockEdit(value))}
      />
      <SelectField
        className="field field--wide"
        label="Order"
        value={order}
        options={orders}
        onChange={(value) => controller.edit(orderEdit(value))}
      />
      <SelectField
        className="field field--wide"
        label="Start"
        value={initialisation}
        options={starts}
        onChange={(value) => controller.edit(startEdit(value))}
      />
      <div className="field">
        <label htmlFor={boxId}>Batch norm</label>
        <input
          id={boxId}
          className="checkbox"
          type="checkbox"
          checked={batchNorm}
          disabled={normRefusal.refusal !== null}
          onChange={() => controller.edit(normEdit)}
        />
      </div>
      <CurveNumbers index={index} curve={curve} options={allNumbers} />
      <RefusalList group={boxId} refusals={[...blocks, ...orders, ...starts, normRefusal]} />
    </>
  )
}
