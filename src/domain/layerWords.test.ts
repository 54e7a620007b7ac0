import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerWords } from './layerWords.ts'
import { parametersOf, statisticsOf } from './parameters.ts'
import { planLayers } from './planLayers.ts'
import { choicesOfSpec, chosenSpec } from './testing/anyNetworkSpec.ts'

describe('where a layer is', () => {
  it.each([
    ['stage2.block3.conv1', 'stage 2, block 3, first convolution'],
    ['stage2.block3.bn1.gamma', 'stage 2, block 3, first batch norm, gamma'],
    ['stage1.block18.conv3', 'stage 1, block 18, third convolution'],
    ['stem.conv', 'the stem, convolution'],
    ['head.dense', 'the head, dense layer'],
    ['stage1.block2.projection.conv', 'stage 1, block 2, projection, convolution'],
    ['stage1.block1.gate.conv', 'stage 1, block 1, gate, convolution'],
    ['stage1.block1.gate.bias', 'stage 1, block 1, gate, bias'],
    ['stage1.block1.addition.bn', 'stage 1, block 1, after the addition, batch norm'],
    ['stage1.block1.sum', 'stage 1, block 1, addition'],
    ['logits', 'the logits'],
  ])('says %s in words', (name, words) => {
    expect(layerWords(name)).toBe(words)
  })

  it.each(['', 'kernel7', 'stage2.block3.conv9', 'stage2.lid', 'stage2.block3.constructor', 'Stage 2'])(
    'gives the unknown name "%s" as it is',
    (name) => {
      expect(layerWords(name)).toBe(name)
    },
  )

  it('knows every layer, tensor and activation of the whole family, and no two by the same words', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: choicesOfSpec, maxLength: choicesOfSpec }), (choices) => {
        const plan = planLayers(chosenSpec(choices))
        const names = new Set([
          ...plan.operations.flatMap((operation) => [operation.output]),
          ...parametersOf(plan).map((parameter) => parameter.name),
          ...statisticsOf(plan).flatMap(({ name }) => [name, `${name}.mean`, `${name}.variance`]),
        ])
        const said = [...names].map(layerWords)
        for (const words of said) expect(words).not.toContain('.')
        expect(new Set(said).size).toBe(names.size)
      }),
    )
  })
})
