import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCifar } from '../../datasets/cifar/readCifar.ts'
import { presetNamed } from '../../domain/presets.ts'
import { finalErrorsOf } from '../../domain/run.ts'
import { trainInNode } from './trainInNode.ts'

const folder = '../shared/data/cifar10'
const files = ['data_batch_1.bin', 'test_batch.bin']
const isHere = files.every((file) => existsSync(`${folder}/${file}`))
if (!isHere) console.log(`Skipped: CIFAR-10 (${folder}) is not on this machine.`)

/** Measured in PyTorch over 3 seeds, percent: plain-8, -20, -32: 54 ± 2, 62 ± 1, 72 ± 2; residual-32: 53 ± 2. */
describe.skipIf(!isHere)('CIFAR-10, 400 steps', () => {
  it('puts the plain networks in the order of their depth, and the residual one with the shallow', async () => {
    const reading = await readCifar(
      files.map((name) => new File([readFileSync(`${folder}/${name}`)], name)),
      () => {},
    )
    if (!reading.ok) throw new Error(reading.sentence)
    const { spec } = presetNamed('cifar10')
    const networks = [
      { depth: 8, shortcut: 'none' },
      { depth: 20, shortcut: 'none' },
      { depth: 32, shortcut: 'none' },
      { depth: 32, shortcut: 'A' },
    ] as const
    const run = await trainInNode({ ...spec, networks }, reading.cifar)
    const errors = networks.map((_, network) => finalErrorsOf(run, network)?.trainingError ?? Number.NaN)
    console.log(`plain-8, plain-20, plain-32, residual-32: ${errors.join(', ')} %`)
    const [plain8 = Number.NaN, plain20 = Number.NaN, plain32 = Number.NaN, residual32 = Number.NaN] = errors
    expect(plain20).toBeGreaterThan(plain8)
    expect(plain32).toBeGreaterThan(plain20)
    expect(plain32 - residual32).toBeGreaterThan(8)
    expect(residual32).toBeLessThan(plain20)
  })
})
