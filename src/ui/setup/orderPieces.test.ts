import { expect, it } from 'vitest'
import { isAddition } from '../../domain/networkPlan.ts'
import { activationOrders, defaultOptions } from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { orderPieces } from './orderPieces.ts'

/** What the expansion that trains puts into an inner block. */
const planned = (order: (typeof activationOrders)[number], batchNorm: boolean) =>
  planLayers({
    ...defaultOptions,
    order,
    batchNorm,
    shortcut: 'A',
    stem: 'small',
    blocksPerStage: [3, 3, 3],
    width: 4,
    imageSize: 12,
    channels: 3,
    classes: 10,
  })
    .operations.filter(({ block }) => block === 1)
    .map((operation) => (isAddition(operation) ? 'add' : operation.kind))

it('draws each order as it is trained', () => {
  for (const order of activationOrders) {
    expect(orderPieces(order, true), order).toEqual(planned(order, true))
    // Two orders are none without batch norm.
    if (order !== 'bn-after-add' && order !== 'full-preact')
      expect(orderPieces(order, false), order).toEqual(planned(order, false))
  }
})
