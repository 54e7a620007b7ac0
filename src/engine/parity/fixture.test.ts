import { describe, expect, it } from 'vitest'
import { defaultOptions } from '../../domain/networkSpec.ts'
import { readFixture } from './fixture.ts'
import { BadFixture, type SafetensorsFile } from './safetensors.ts'

const network = {
  block: 'resnext',
  order: 'full-preact',
  shortcut: 'scaled',
  blocksPerStage: 2,
  width: 5,
  imageSize: 9,
  channels: 1,
  classes: 3,
  cardinality: 2,
  groupWidth: 3,
  residualScale: 1.7,
  shortcutScale: 0.25,
  dropRate: 0.2,
}

const file = (
  changes: Readonly<Record<string, unknown>> = {},
  metadata: Readonly<Record<string, unknown>> = {},
): SafetensorsFile => ({
  metadata: new Map(
    Object.entries({
      spec: { ...network, ...changes },
      optimizer: { learningRate: 0.05, momentum: 0.9, weightDecay: 0 },
      batchNorm: { epsilon: 1e-5, momentum: 0.9 },
      toggles: [{ step: 1, blocks: [4], enabled: false }],
      steps: 1,
      parameters: 1,
      ...metadata,
    }).map(([key, value]) => [key, JSON.stringify(value)]),
  ),
  tensors: new Map([
    ['x', { dtype: 'F32', shape: [1, 2, 9, 9, 1], values: new Float32Array(162) }],
    ['labels', { dtype: 'I32', shape: [1, 2], values: Int32Array.of(0, 2) }],
  ]),
})

describe('a parity fixture', () => {
  it('says its whole network', () => {
    const { spec, toggles } = readFixture(file())
    expect(spec).toEqual({
      ...defaultOptions,
      ...network,
      stem: 'small',
      blocksPerStage: [2, 2, 2],
    })
    expect(toggles).toEqual([{ step: 1, blocks: [4], enabled: false }])
  })

  it('may leave out what its network does not use', () => {
    const changes = {
      block: 'basic',
      shortcut: 'A',
      cardinality: undefined,
      groupWidth: undefined,
      residualScale: undefined,
      shortcutScale: undefined,
      dropRate: undefined,
    }
    expect(readFixture(file(changes)).spec).toMatchObject({
      cardinality: defaultOptions.cardinality,
      groupWidth: defaultOptions.groupWidth,
      residualScale: defaultOptions.residualScale,
      dropRate: defaultOptions.dropRate,
    })
  })

  it.each([
    ['block', 'dense', 'Its block "dense" is none of basic, bottleneck, resnext.'],
    ['order', undefined, 'Its order undefined is none of original,'],
    ['shortcut', 'D', 'Its shortcut "D" is none of none, A, B,'],
    ['width', 0, 'Its width is no whole number above 0.'],
    ['cardinality', 1.5, 'Its cardinality is no whole number above 0.'],
    ['residualScale', 'half', 'Its residualScale is no number.'],
    ['channels', 3, 'Its images are not of the size that its network takes.'],
    ['classes', 2, 'Its labels do not fit its images and classes.'],
  ])('with %s %s is refused in a sentence', (key, value, sentence) => {
    expect(() => readFixture(file({ [key]: value }))).toThrow(BadFixture)
    expect(() => readFixture(file({ [key]: value }))).toThrow(sentence)
  })

  it('that was trained with dropout is refused; one that was only evaluated is not', () => {
    const dropout = { shortcut: 'dropout' }
    expect(() => readFixture(file(dropout))).toThrow('trained with dropout')
    expect(readFixture(file(dropout, { steps: 0 })).steps).toBe(0)
    expect(readFixture(file({ ...dropout, dropRate: 0 })).steps).toBe(1)
  })

  it('with another batch norm or more steps than batches is refused', () => {
    expect(() => readFixture(file({}, { batchNorm: { epsilon: 1e-3, momentum: 0.9 } }))).toThrow(
      '1e-5 and 0.9',
    )
    expect(() => readFixture(file({}, { steps: 2 }))).toThrow('batches for 1 steps and asks for 2')
  })
})
