import { useId } from 'react'
import { activationOrders } from '../../domain/networkSpec.ts'
import { useLab, useSpec } from '../common/useLab.ts'
import { orderCards } from './blockCards.ts'
import { ChoiceCard, RefusalList } from './ChoiceCard.tsx'
import { commonOption } from './commonOption.ts'
import { withOption } from './editFamily.ts'
import { OrderDiagram } from './OrderDiagram.tsx'
import { refusalOf } from './refusalOf.ts'

/** Where batch norm and ReLU stand, in all networks. */
export const OrderChoice = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const group = useId()
  const present = commonOption(spec, 'order')
  const batchNorm = commonOption(spec, 'batchNorm') !== false
  const offers = activationOrders.map((order) => ({
    order,
    name: orderCards[order].name,
    refusal: order === present ? null : refusalOf(withOption(spec, { order })),
  }))
  return (
    <fieldset className="setup__fieldset">
      <legend className="section-title setup__sourced">
        Order{' '}
        <span className="setup__source">
          {present === null ? 'He 2016, §4.1' : orderCards[present].source}
        </span>
      </legend>
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
        {present === null ? 'The networks differ in it.' : orderCards[present].sentence}
      </p>
      <RefusalList group={group} refusals={offers} />
    </fieldset>
  )
}
