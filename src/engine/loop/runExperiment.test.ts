import { describe, expect, it } from 'vitest'
import type { Dataset, ImageSet } from '../../datasets/dataset.ts'
import { type ExperimentSpec, trainedNetworkSpecOf } from '../../domain/experimentSpec.ts'
import type { Intervention } from '../../domain/interventions.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { presetNamed } from '../../domain/presets.ts'
import type { EvaluationPoint, FairnessChecks, StepPoint } from '../../domain/run.ts'
import { createFakeExecutor, type FakeExecutor, type FakeExecutorOptions } from '../testing/fakeExecutor.ts'
import { createPauseGate, type PauseGate } from './pauseGate.ts'
import { createRunControl, type RunControl } from './runControl.ts'
import { type RunOutcome, runExperiment } from './runExperiment.ts'
import { createAliveGuard, DeviceLost } from './whileAlive.ts'

const imageSet = (count: number): ImageSet => ({
  images: new Float32Array(count * 12 * 12 * 3),
  labels: Int32Array.from({ length: count }, (_, i) => i % 10),
  count,
  side: 12,
  channels: 3,
})
const dataset: Dataset = { training: imageSet(300), validation: imageSet(200), classNames: [] }

const baseSpec: ExperimentSpec = {
  ...presetNamed('quick').spec,
  dataset: { ...presetNamed('quick').spec.dataset, trainingImages: 300, validationImages: 200 },
  networks: [
    { depth: 8, shortcut: 'none' },
    { depth: 14, shortcut: 'none' },
    { depth: 14, shortcut: 'A' },
  ],
  recipe: { ...presetNamed('quick').spec.recipe, batchSize: 32, steps: 20, warmupSteps: 10 },
  evaluateEvery: 10,
}

interface Bench {
  readonly gate: PauseGate
  readonly executor: FakeExecutor
  readonly control: RunControl
  readonly outcome: Promise<RunOutcome>
  readonly points: StepPoint[]
  readonly evaluations: EvaluationPoint[]
  readonly sendings: { readonly at: number; readonly seconds: number }[]
  readonly interventions: Intervention[]
  /** What was said, in order. */
  readonly said: string[]
  readonly checks: () => FairnessChecks | null
  readonly advance: (ms: number) => void
  readonly lose: () => void
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

interface BenchOptions extends Partial<Omit<FakeExecutorOptions, 'plans'>> {
  readonly spec?: Partial<ExperimentSpec>
  readonly paused?: boolean
  /** Milliseconds of each step on the bench's clock. */
  readonly stepMs?: number
}

const startBench = ({
  spec: changes = {},
  paused = false,
  stepMs = 10,
  ...fake
}: BenchOptions = {}): Bench => {
  const spec: ExperimentSpec = { ...baseSpec, ...changes }
  let now = 0
  let checks: FairnessChecks | null = null
  let lose: () => void = () => {}
  const control = createRunControl(paused)
  const executor = createFakeExecutor({
    ...fake,
    plans: spec.networks.map((curve) => planLayers(trainedNetworkSpecOf(spec, curve))),
    seed: spec.seed,
    onStep: async (step) => {
      now += stepMs
      await fake.onStep?.(step)
    },
  })
  const points: StepPoint[] = []
  const evaluations: EvaluationPoint[] = []
  const sendings: { at: number; seconds: number }[] = []
  const interventions: Intervention[] = []
  const said: string[] = []
  const guard = createAliveGuard({
    isLost: () => false,
    onLost: (listener) => {
      lose = listener
      return () => {}
    },
  })
  const gate = createPauseGate(control, turn)
  const outcome = runExperiment({
    spec,
    executor,
    dataset,
    control,
    gate,
    guard,
    clock: () => now,
    report: {
      started: (made) => {
        checks = made
        said.push('started')
      },
      firstStep: () => said.push('firstStep'),
      points: (newSteps, newEvaluations, seconds) => {
        points.push(...newSteps)
        evaluations.push(...newEvaluations)
        sendings.push({ at: now, seconds })
      },
      intervened: (intervention) => interventions.push(intervention),
      paused: () => said.push('paused'),
      resumed: () => said.push('resumed'),
    },
  }).finally(guard.end)
  return {
    gate,
    executor,
    control,
    outcome,
    points,
    evaluations,
    sendings,
    interventions,
    said,
    checks: () => checks,
    advance: (ms) => {
      now += ms
    },
    lose: () => lose(),
  }
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await turn()
}

describe('a whole run', () => {
  it('trains every step once and measures each', async () => {
    const bench = startBench()
    expect(await bench.outcome).toEqual({
      kind: 'finished',
      seconds: 0.2,
      weightsDigest: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(bench.points.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(bench.points[3]?.trainingErrors).toEqual([22.5, 22.5, 22.5])
    expect(bench.said).toEqual(['started', 'firstStep'])
  })

  it('evaluates before the first step on few images, then on the fixed subsets to the last step', async () => {
    const bench = startBench({ spec: { evaluateEvery: 8 } })
    await bench.outcome
    expect(bench.evaluations.map(({ step }) => step)).toEqual([0, 8, 16, 20])
    const [before, first, second] = bench.executor.evaluations
    expect(before?.trainingIndices).toHaveLength(100)
    expect(first?.trainingIndices).toHaveLength(300)
    expect(first?.trainingIndices.slice(0, 100)).toEqual(before?.trainingIndices)
    expect(second?.validationIndices).toEqual(first?.validationIndices)
    expect(second?.statisticsBatches).toEqual(first?.statisticsBatches)
  })

  it('moves the learning rate as the recipe says, with the recipe’s momentum and decay', async () => {
    const { executor, outcome } = startBench()
    await outcome
    const { learningRate, momentum, weightDecay } = baseSpec.recipe
    expect(executor.controls.map((controls) => controls.learningRate / learningRate)).toEqual(
      Array.from({ length: 20 }, (_, step) => expect.closeTo(Math.min(1, (step + 1) / 10), 10)),
    )
    expect(executor.controls[5]).toMatchObject({ momentum, weightDecay })
  })

  it('gives every step a dropout key of its own, whatever the networks are', async () => {
    const keysWith = async (networks: ExperimentSpec['networks']) => {
      const { executor, outcome } = startBench({ spec: { networks } })
      await outcome
      return executor.controls.map(({ dropoutKey }) => dropoutKey)
    }
    const keys = await keysWith([{ depth: 8, shortcut: 'A' }])
    expect(keys).toEqual(await keysWith([{ depth: 14, shortcut: 'dropout' }]))
    expect(new Set(keys).size).toBe(20)
  })

  it('gives batches that an experiment of the same seed gives again', async () => {
    const first = startBench()
    const second = startBench()
    const other = startBench({ spec: { seed: 2 } })
    await Promise.all([first.outcome, second.outcome, other.outcome])
    expect(second.executor.batches).toEqual(first.executor.batches)
    expect(other.executor.batches).not.toEqual(first.executor.batches)
    // 9 batches of 32 from 300 images: no image twice in an epoch.
    const epoch = first.executor.batches.slice(0, 9).flatMap(({ indices }) => [...indices])
    expect(new Set(epoch).size).toBe(288)
  })

  it('moves and mirrors images only where the experiment asks for it', async () => {
    const plain = startBench()
    const moved = startBench({ spec: { dataset: { ...baseSpec.dataset, augment: true } } })
    await Promise.all([plain.outcome, moved.outcome])
    expect(plain.executor.batches[0]?.augmentation).toBeNull()
    expect(moved.executor.batches[0]?.augmentation?.flips).toHaveLength(32)
    expect(moved.executor.batches[0]?.indices).toEqual(plain.executor.batches[0]?.indices)
  })
})

describe('readbacks and points', () => {
  it('reads at every step where steps are slow', async () => {
    const { executor, outcome } = startBench({ stepMs: 150 })
    await outcome
    expect(executor.readbacks()).toBe(20)
  })

  it('reads more rarely where steps are fast', async () => {
    const { executor, outcome, points } = startBench({ stepMs: 1, spec: { evaluateEvery: 1000 } })
    await outcome
    expect(executor.readbacks()).toBeLessThanOrEqual(6)
    expect(points).toHaveLength(20)
  })

  it('lets points go at once first, then at most ten times a second', async () => {
    const { sendings, outcome } = startBench({
      stepMs: 30,
      spec: { recipe: { ...baseSpec.recipe, steps: 60 } },
    })
    await outcome
    expect(sendings[0]?.at).toBe(0)
    const gaps = sendings.slice(1, -1).map(({ at }, i) => at - (sendings[i]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100)
  })
})

describe('pause, step and stop', () => {
  it('holds while paused, counts no time, and goes on', async () => {
    const bench = startBench({
      onStep: (step) => {
        if (step === 4) bench.control.pause()
      },
    })
    await turns(50)
    expect(bench.executor.batches).toHaveLength(5)
    expect(bench.points).toHaveLength(5)
    expect(bench.said.at(-1)).toBe('paused')
    bench.advance(60_000)
    bench.control.resume()
    expect(await bench.outcome).toEqual({
      kind: 'finished',
      seconds: 0.2,
      weightsDigest: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(bench.said.slice(-2)).toEqual(['paused', 'resumed'])
  })

  it('trains single steps, and says so after each', async () => {
    const bench = startBench({ paused: true })
    await turns(20)
    expect(bench.executor.batches).toHaveLength(0)
    expect(bench.evaluations).toHaveLength(1)
    expect(bench.said).toEqual(['started', 'paused'])
    bench.control.step()
    await turns(20)
    expect(bench.points.map(({ step }) => step)).toEqual([1])
    bench.control.step()
    bench.control.step()
    await turns(20)
    expect(bench.points.map(({ step }) => step)).toEqual([1, 2, 3])
    expect(bench.said.filter((word) => word === 'paused')).toHaveLength(3)
    bench.control.stop()
    expect(await bench.outcome).toEqual({ kind: 'stopped' })
  })

  it('holds in the midst of an evaluation, and lets a stop break it off', async () => {
    let isPaused = false
    const bench = startBench({
      onEvaluate: async () => {
        if (bench.executor.evaluations.length !== 2) return
        bench.control.pause()
        await bench.gate.breathe()
        isPaused = true
      },
    })
    await turns(60)
    expect(bench.points).toHaveLength(10)
    expect(bench.said.at(-1)).toBe('paused')
    expect(isPaused).toBe(false)
    bench.control.change({ kind: 'learningRate', to: 0.01 })
    await turns(5)
    expect(bench.interventions).toMatchObject([{ step: 10 }])
    bench.control.resume()
    await turns(5)
    expect(isPaused).toBe(true)
    bench.control.stop()
    expect(await bench.outcome).toEqual({ kind: 'stopped' })
  })

  it('stops while it runs, and while it is paused', async () => {
    const running = startBench({ onStep: (step) => (step === 3 ? running.control.stop() : undefined) })
    expect(await running.outcome).toEqual({ kind: 'stopped' })
    expect(running.executor.batches).toHaveLength(4)
    const paused = startBench({ paused: true })
    await turns(5)
    paused.control.stop()
    expect(await paused.outcome).toEqual({ kind: 'stopped' })
  })
})

describe('switches', () => {
  it('carries out those made in advance before their step', async () => {
    const intervention: Intervention = {
      kind: 'shortcuts',
      step: 5,
      network: 2,
      blocks: 'all',
      to: 0,
      overSteps: 4,
    }
    const { executor, outcome, interventions } = startBench({ spec: { interventions: [intervention] } })
    await outcome
    const strengths = executor.controls.map((controls) => controls.shortcutStrengths[2]?.[0])
    expect(strengths.slice(3, 10)).toEqual([1, 1, 0.75, 0.5, 0.25, 0, 0])
    expect(executor.controls[19]?.shortcutStrengths[1]).toEqual([0, 0, 0, 0, 0, 0])
    expect(interventions).toEqual([intervention])
    expect(executor.evaluations.at(-1)?.shortcutStrengths[2]?.[0]).toBe(0)
  })

  it('carries out live ones at the next step', async () => {
    const bench = startBench({
      onStep: (step) => {
        if (step === 6)
          bench.control.change({ kind: 'shortcuts', network: 1, blocks: [0], to: 1, overSteps: 0 })
        if (step === 8) bench.control.change({ kind: 'learningRate', to: 0.001 })
      },
    })
    await bench.outcome
    expect(bench.interventions.map(({ step }) => step)).toEqual([7, 9])
    expect(bench.executor.controls[6]?.shortcutStrengths[1]?.[0]).toBe(0)
    expect(bench.executor.controls[7]?.shortcutStrengths[1]).toEqual([1, 0, 0, 0, 0, 0])
    expect(bench.executor.controls[12]?.learningRate).toBeCloseTo(0.001, 10)
  })

  it('gives the same run again when what was done live is set in advance', async () => {
    const planned: Intervention = {
      kind: 'shortcuts',
      step: 4,
      network: 2,
      blocks: 'all',
      to: 0,
      overSteps: 10,
    }
    const live = startBench({
      spec: { interventions: [planned] },
      onStep: (step) => {
        if (step === 3)
          live.control.change({ kind: 'shortcuts', network: 2, blocks: [1, 2], to: 1, overSteps: 3 })
        if (step === 9) live.control.change({ kind: 'learningRate', to: 0.2 })
      },
    })
    await live.outcome
    expect(live.interventions).toHaveLength(3)
    const replayed = startBench({ spec: { interventions: live.interventions } })
    await replayed.outcome
    expect(replayed.executor.controls).toEqual(live.executor.controls)
  })

  it('carries out what was planned for a step before what is done live at it, as its link does', async () => {
    const planned: Intervention = {
      kind: 'shortcuts',
      step: 10,
      network: 2,
      blocks: 'all',
      to: 0,
      overSteps: 0,
    }
    // Done live while step 10 waits for the evaluation before it.
    const live = startBench({
      spec: { interventions: [planned] },
      onEvaluate: async () => {
        if (live.executor.evaluations.length !== 2) return
        live.control.change({ kind: 'shortcuts', network: 2, blocks: [0], to: 1, overSteps: 0 })
        await live.gate.breathe()
      },
    })
    await live.outcome
    expect(live.interventions).toEqual([planned, { ...planned, blocks: [0], to: 1 }])
    expect(live.executor.controls[10]?.shortcutStrengths[2]).toEqual([1, 0, 0, 0, 0, 0])
    const replayed = startBench({ spec: { interventions: live.interventions } })
    await replayed.outcome
    expect(replayed.executor.controls).toEqual(live.executor.controls)
    expect(replayed.executor.evaluations).toEqual(live.executor.evaluations)
  })

  it('evaluates before the first step as built, whether a switch at it is planned or comes then', async () => {
    const live = startBench({ paused: true })
    await turns(20)
    live.control.change({ kind: 'shortcuts', network: 1, blocks: 'all', to: 1, overSteps: 0 })
    live.control.resume()
    await live.outcome
    const replayed = startBench({ spec: { interventions: live.interventions } })
    await replayed.outcome
    expect(live.executor.evaluations[0]?.shortcutStrengths[1]).toEqual([0, 0, 0, 0, 0, 0])
    expect(replayed.executor.evaluations).toEqual(live.executor.evaluations)
  })

  it('confirms them at once while paused', async () => {
    const bench = startBench({ onStep: (step) => (step === 2 ? bench.control.pause() : undefined) })
    await turns(20)
    bench.control.change({ kind: 'learningRate', to: 0.01 })
    await turns(5)
    expect(bench.interventions).toEqual([{ kind: 'learningRate', step: 3, to: 0.01 }])
    expect(bench.executor.batches).toHaveLength(3)
    bench.control.stop()
    await bench.outcome
  })
})

describe('when it goes wrong', () => {
  it('stops where a loss is no number, names the network, and keeps the curves', async () => {
    const bench = startBench({
      stepMs: 1,
      measure: (step, network) => ({ loss: step >= 7 && network === 1 ? Number.NaN : 1, error: 90 }),
    })
    const outcome = await bench.outcome
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'diverged', network: 1 } })
    expect(outcome.kind === 'failed' && outcome.failure.sentence).toContain(
      'plain-14 diverged at step 8: its',
    )
    expect(bench.points).toHaveLength(7)
  })

  it('says where it broke, where the executor knows', async () => {
    const sentenceOf = async (brokenAt: string): Promise<string> => {
      const { outcome } = startBench({
        measure: (step, network) =>
          step >= 7 && network === 1 ? { loss: Number.NaN, error: 90, brokenAt } : { loss: 1, error: 90 },
      })
      const ended = await outcome
      return ended.kind === 'failed' ? ended.failure.sentence : ended.kind
    }
    expect(await sentenceOf('stage2.block1.conv1')).toContain(
      'plain-14 diverged at step 8, in stage 2, block 1, first convolution: its loss is no longer a number. Lower',
    )
    expect(await sentenceOf('lid')).toContain('plain-14 diverged at step 8, in lid: its loss')
  })

  it('gives up what will never settle when the device is lost', async () => {
    const bench = startBench({
      onStep: (step) => {
        if (step !== 3) return undefined
        bench.lose()
        return new Promise(() => {})
      },
    })
    await expect(bench.outcome).rejects.toBeInstanceOf(DeviceLost)
    expect(bench.points.length).toBeGreaterThan(0)
  })
})

describe('the digest of the weights', () => {
  const digestOf = async (bench: Bench): Promise<string> => {
    const outcome = await bench.outcome
    return outcome.kind === 'finished' ? outcome.weightsDigest : outcome.kind
  }

  it('is that of the final weights of all networks: equal for equal ones, another for one weight that differs', async () => {
    const digest = await digestOf(startBench())
    expect(await digestOf(startBench())).toBe(digest)
    for (const changed of [0, 2]) {
      const other = startBench({
        initial: (values, network) => {
          if (network !== changed) return values
          const bias = Float32Array.from(values.get('head.bias') ?? [])
          bias[9] = (bias[9] ?? 0) + 1e-7
          return new Map([...values, ['head.bias', bias]])
        },
      })
      expect(await digestOf(other)).not.toBe(digest)
    }
  })
})

describe('fairness', () => {
  it('finds that plain and residual networks of one depth start alike', async () => {
    const bench = startBench()
    await bench.outcome
    expect(bench.checks()).toMatchObject({ sameInitialWeights: true, sameBatches: true })
    expect(bench.checks()?.parameters[1]).toBe(bench.checks()?.parameters[2])
  })

  it('finds one weight that differs', async () => {
    const bench = startBench({
      initial: (values, network) => {
        if (network !== 2) return values
        const kernel = Float32Array.from(values.get('stage2.block1.conv2') ?? [])
        kernel[7] = (kernel[7] ?? 0) + 1e-7
        return new Map([...values, ['stage2.block1.conv2', kernel]])
      },
    })
    await bench.outcome
    expect(bench.checks()?.sameInitialWeights).toBe(false)
  })

  it('says nothing of weights where all depths differ', async () => {
    const bench = startBench({
      spec: {
        networks: [
          { depth: 8, shortcut: 'none' },
          { depth: 14, shortcut: 'A' },
        ],
      },
    })
    await bench.outcome
    expect(bench.checks()?.sameInitialWeights).toBeNull()
  })

  it('refuses to train a network that lacks parameters of its plan', async () => {
    const { outcome } = startBench({
      initial: (values) => new Map([...values].filter(([name]) => name !== 'head.bias')),
    })
    await expect(outcome).rejects.toThrow(/network 1 holds .* parameters/)
  })
})
