import { useId } from 'react'
import { type ActivationOrder, activationOrders } from '../../domain/networkSpec.ts'
import { useLab, useSpec } from '../common/useLab.ts'
import { ChoiceCard, RefusalList } from './ChoiceCard.tsx'
import { commonOption, refusalOf, withOption } from './editFamily.ts'
import { OrderDiagram } from './OrderDiagram.tsx'

const names: Readonly<Record<ActivationOrder, string>> = {
  original: 'Original',
  'bn-after-add': 'BN after +',
  'relu-before-add': 'ReLU before +',
  'relu-only-preact': 'ReLU first',
  'full-preact': 'Full pre-act.',
}

const words: Readonly<Record<ActivationOrder, string>> = {
  original: 'The last ReLU comes after the addition.',
  'bn-after-add': 'The last batch norm comes after the addition and changes what the shortcut carries.',
  'relu-before-add': 'F ends in a ReLU, so it can only add.',
  'relu-only-preact': 'ReLU-only pre-activation: nothing stands on the way of x from block to block.',
  'full-preact': 'Full pre-activation: batch norm and ReLU before each convolution; x passes untouched.',
}

/** Where batch norm and ReLU stand, in all networks. */
export const OrderChoice = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const group = useId()
  const present = commonOption(spec, 'order')
  const batchNorm = commonOption(spec, 'batchNorm') !== false
  const offers = activationOrders.map((order) => ({
    order,
    name: names[order],
    refusal: order === present ? null : refusalOf(withOption(spec, { order })),
  }))
  return (
    <fieldset className="setup__fieldset">
      <legend className="section-title">Order</legend>
      <div className="cards">
        {offers.map(({ order, name, refusal }) => (
          <ChoiceCard
            key={order}
            group={group}
            className="card card--order"
            isChosen={present === order}
            refusal={refusal}
            onChoose={() => controller.edit((now) => withOption(now, { order }))}
          >
            <OrderDiagram order={order} batchNorm={batchNorm} />
            <span>{name}</span>
          </ChoiceCard>
        ))}
      </div>
      <p className="note order-words">
        {present === null ? 'The networks differ in it.' : words[present]}{' '}
        <span className="faint">{present === 'original' ? 'He 2015, §3.2' : 'He 2016, §4.1'}</span>
      </p>
      <RefusalList group={group} refusals={offers} />
    </fieldset>
  )
}
