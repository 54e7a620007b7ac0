import { describe, expect, it } from 'vitest'
import { initialParameters } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { EvaluationRequest, ExecutorRequest } from '../executor.ts'
import { flatten, parameterLayout, unflatten } from '../flatLayout.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { RunStopped } from '../loop/runControl.ts'
import { createFakeNativeNetwork } from '../testing/fakeNativeNetwork.ts'
import { smallBatch, smallControls } from '../testing/smallExecutor.ts'
import { rangeIndices, smallImages, smallSpec } from '../testing/smallExperiment.ts'
import { createNativeExecutor } from './createNativeExecutor.ts'
import { hostHere, type NetworkHost, type NetworkVerb } from './networkHost.ts'

const specs = [smallSpec({ imageSize: 3, width: 1 }), smallSpec({ imageSize: 3, width: 1, batchNorm: false })]
const plans = specs.map(planLayers)
const [spec = smallSpec()] = specs
const strengths = [
  [1, 0.5, 1],
  [0, 0, 0],
]
const request: ExecutorRequest = {
  plans,
  initial: plans.map((plan) => initialParameters(plan, 1)),
  training: smallImages(spec, 150),
  validation: smallImages(spec, 12, 8),
}
const evaluation: EvaluationRequest = {
  statisticsBatches: [rangeIndices(0, 8), rangeIndices(5, 75), rangeIndices(9, 20)],
  trainingIndices: rangeIndices(2, 150),
  validationIndices: rangeIndices(0, 12),
  shortcutStrengths: strengths,
}

interface Bench {
  readonly executor: InspectableExecutor
  /** What each network was told, in its order. */
  readonly told: readonly NetworkVerb[][]
}

interface BenchOptions {
  readonly onVerb?: (network: number, verb: NetworkVerb) => void
  readonly hostOf?: (host: NetworkHost, network: number) => NetworkHost
  readonly yieldToMessages?: () => Promise<void>
}

const openBench = async (options: BenchOptions = {}): Promise<Bench> => {
  const { onVerb = () => {}, hostOf = (host) => host, yieldToMessages = async () => {} } = options
  const told: NetworkVerb[][] = plans.map(() => [])
  const hosts = plans.map((plan, index) => {
    const initial = flatten(parameterLayout(plan), request.initial[index] ?? new Map())
    const note = (verb: NetworkVerb): void => {
      told[index]?.push(verb)
      onVerb(index, verb)
    }
    return hostOf(hostHere(createFakeNativeNetwork({ plan, initial, onVerb: note })), index)
  })
  return { executor: await createNativeExecutor(request, { hosts, yieldToMessages }), told }
}

/** What comes out of a few steps and readings. */
const shortRun = async (executor: InspectableExecutor) => {
  for (let step = 0; step < 5; step++) await executor.step(smallBatch(step), smallControls(strengths))
  return {
    measured: await executor.readMeasurements(),
    evaluated: await executor.evaluate(evaluation),
    states: [await executor.readState(0), await executor.readState(1)],
  }
}

/** A host whose steps end when the test says so, each by itself. */
const heldHost = (host: NetworkHost) => {
  const held: (() => void)[] = []
  const step: NetworkHost['step'] = async (batch, controls) => {
    await new Promise<void>((resolve) => held.push(resolve))
    return host.step(batch, controls)
  }
  return { host: { ...host, step }, posted: () => held.length, release: (index: number) => held[index]?.() }
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe('a step', () => {
  it('is posted before the one before it has ended, and waits for the one before that', async () => {
    const held: ReturnType<typeof heldHost>[] = []
    const { executor } = await openBench({
      hostOf: (host) => {
        const one = heldHost(host)
        held.push(one)
        return one.host
      },
    })
    const done: number[] = []
    const step = (index: number): Promise<unknown> =>
      executor.step(smallBatch(index), smallControls(strengths)).then(() => done.push(index))
    const release = (index: number): void => {
      for (const { release: ofHost } of held) ofHost(index)
    }
    await step(0)
    await step(1)
    const third = step(2)
    await turns()
    expect(done).toEqual([0, 1])
    expect(held.map(({ posted }) => posted())).toEqual([3, 3])
    // Not before every network has taken it.
    held[1]?.release(0)
    await turns()
    expect(done).toEqual([0, 1])
    held[0]?.release(0)
    await third
    expect(done).toEqual([0, 1, 2])
    release(1)
    release(2)
    expect(await executor.readMeasurements()).toHaveLength(3)
  })

  it('reaches every network in its order, with the same images', async () => {
    const { executor, told } = await openBench()
    const { measured } = await shortRun(executor)
    expect(measured).toHaveLength(5)
    const evaluating = Array.from({ length: 4 }, () => 'infer')
    expect(told).toEqual([
      [
        ...Array.from({ length: 5 }, () => 'step'),
        ...Array.from({ length: 3 }, () => 'batchStatistics'),
        ...evaluating,
        'readState',
      ],
      // Nothing is normalised in the second, so nothing is asked for it.
      [...Array.from({ length: 5 }, () => 'step'), ...evaluating, 'readState'],
    ])
    expect(await executor.readMeasurements()).toEqual([])
  })

  it('that fails is told by the next call that waits, and by all that follow', async () => {
    let steps = 0
    const { executor } = await openBench({
      onVerb: (network, verb) => {
        if (network !== 1 || verb !== 'step') return
        steps += 1
        if (steps === 2) throw new Error('the second step failed')
      },
    })
    const step = (index: number): Promise<void> => executor.step(smallBatch(index), smallControls(strengths))
    await step(0)
    await step(1)
    await turns()
    await expect(step(2)).rejects.toThrow('the second step failed')
    await expect(executor.readMeasurements()).rejects.toThrow('the second step failed')
    await expect(executor.evaluate(evaluation)).rejects.toThrow('the second step failed')
    await expect(step(3)).rejects.toThrow('the second step failed')
    // The networks can still be looked at.
    expect((await executor.readState(0)).parameters.size).toBeGreaterThan(0)
  })

  it('that fails while nobody waits is no unhandled rejection', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown): void => {
      unhandled.push(reason)
    }
    process.on('unhandledRejection', note)
    const { executor } = await openBench({
      onVerb: (_, verb) => {
        if (verb === 'step' || verb === 'dispose') throw new Error('gone')
      },
    })
    await executor.step(smallBatch(0), smallControls(strengths))
    executor.dispose()
    await turns()
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  it('that is under way is finished before the networks are disposed', async () => {
    const { executor, told } = await openBench()
    const step = executor.step(smallBatch(0), smallControls(strengths))
    executor.dispose()
    await step
    await turns()
    expect(told).toEqual([
      ['step', 'dispose'],
      ['step', 'dispose'],
    ])
  })

  it('of several networks that fail is told as the failure of the first, whoever was faster', async () => {
    const { executor } = await openBench({
      hostOf: (host, network) => ({
        ...host,
        step: async () => {
          if (network === 0) await turns()
          throw new Error(`network ${network}`)
        },
      }),
    })
    await executor.step(smallBatch(0), smallControls(strengths))
    await expect(executor.readMeasurements()).rejects.toThrow('network 0')
  })
})

describe('an evaluation', () => {
  it('weighs each image alike and takes the mean of the statistics', async () => {
    const { executor } = await openBench()
    const [network] = plans.map((plan, index) =>
      createFakeNativeNetwork({
        plan,
        initial: flatten(parameterLayout(plan), request.initial[index] ?? new Map()),
      }),
    )
    const { training } = request
    const gathered = (start: number, end: number) => ({
      images: training.images.slice(start * 27, end * 27),
      labels: training.labels.slice(start, end),
      augmentation: null,
    })
    const [ofFirst = []] = strengths
    const batches = [gathered(0, 8), gathered(5, 75), gathered(9, 20)].map(
      (batch) => network?.batchStatistics(batch, ofFirst) ?? new Float32Array(),
    )
    const mean = (batches[0] ?? new Float32Array()).map(
      (value, i) => (value + (batches[1]?.[i] ?? 0) + (batches[2]?.[i] ?? 0)) / 3,
    )
    const parts = [gathered(2, 66), gathered(66, 130), gathered(130, 150)].map(
      (batch) => network?.infer(batch, ofFirst, mean).measurement.loss ?? Number.NaN,
    )
    const [a = 0, b = 0, c = 0] = parts
    const [result] = await executor.evaluate(evaluation)
    expect(result?.training.loss).toBeCloseTo((64 * a + 64 * b + 20 * c) / 148, 10)
  })

  it('changes nothing, and gives the same again', async () => {
    const { executor } = await openBench()
    await executor.step(smallBatch(0), smallControls(strengths))
    const before = await executor.readState(0)
    const first = await executor.evaluate(evaluation)
    expect(await executor.readState(0)).toEqual(before)
    expect(await executor.evaluate(evaluation)).toEqual(first)
  })

  it('may be broken off anywhere', async () => {
    const whole = await openBench()
    const expected = await shortRun(whole.executor)
    let breaths = 0
    let breaksAt = Number.POSITIVE_INFINITY
    const { executor } = await openBench({
      yieldToMessages: async () => {
        breaths += 1
        if (breaths >= breaksAt) throw new RunStopped()
      },
    })
    expect(await shortRun(executor)).toEqual(expected)
    const wholeBreaths = breaths
    expect(wholeBreaths).toBe(3 + 3 + 1)
    for (let at = 1; at <= wholeBreaths; at++) {
      breaths = 0
      breaksAt = at
      await expect(executor.evaluate(evaluation)).rejects.toBeInstanceOf(RunStopped)
      breaksAt = Number.POSITIVE_INFINITY
      expect(await executor.evaluate(evaluation)).toEqual(expected.evaluated)
      expect(await executor.readState(0)).toEqual(expected.states[0])
    }
  })

  it('takes no larger batches than training does', async () => {
    const { executor } = await openBench()
    await executor.step(smallBatch(0), smallControls(strengths))
    await executor.readMeasurements()
    const before = executor.memory()
    const [result] = await executor.evaluate({ ...evaluation, statisticsBatches: [rangeIndices(0, 8)] })
    expect(result?.training.loss).toBeGreaterThan(0)
    expect(executor.memory()).toEqual(before)
  })

  it('needs a batch to take statistics from', async () => {
    const { executor } = await openBench()
    await expect(executor.evaluate({ ...evaluation, statisticsBatches: [] })).rejects.toThrow(
      'at least one batch',
    )
  })
})

describe('states', () => {
  it('go out and in by name, all or none', async () => {
    const { executor } = await openBench()
    const atStart = await executor.readState(1)
    expect(atStart.parameters).toEqual(request.initial[1])
    await executor.step(smallBatch(0), smallControls(strengths))
    const state = await executor.readState(0)
    const other = (await openBench()).executor
    await other.writeState(0, state)
    expect(await other.readState(0)).toEqual(state)

    const statistics = new Map(state.statistics)
    statistics.delete([...statistics.keys()].at(-1) ?? '')
    const parameters = unflatten(parameterLayout(plans[0] ?? planLayers(spec)), new Float32Array(9999))
    await expect(other.writeState(0, { ...state, parameters, statistics })).rejects.toThrow('.variance')
    expect(await other.readState(0)).toEqual(state)
    await expect(other.readState(2)).rejects.toThrow('There is no network 3.')
  })

  it('can be looked into without a change', async () => {
    const { executor } = await openBench()
    const before = await executor.readState(0)
    const { gradients, logits } = await executor.readGradients(0, smallBatch(1), [1, 1, 1], 5)
    expect([...gradients.keys()]).toEqual([...before.parameters.keys()])
    expect(logits).toHaveLength(8 * spec.classes)
    expect((await executor.readGradients(0, smallBatch(1), [1, 1, 1])).logits).not.toEqual(logits)
    expect(await executor.readLogits(0, smallBatch(1), [1, 1, 1])).toHaveLength(8 * spec.classes)
    expect(await executor.readState(0)).toEqual(before)
  })
})

it('counts the memory of all networks, which grows with the largest batch only', async () => {
  const { executor } = await openBench()
  expect(executor.memory()).toEqual({ tensors: 0, bytes: 2 * 65_536 })
  await shortRun(executor)
  const after = executor.memory()
  // Only the first normalises, and so sees the 70 images that statistics are taken from.
  expect(after).toEqual({ tensors: 0, bytes: (71 + 65) * 65_536 })
  await shortRun(executor)
  expect(executor.memory()).toEqual(after)
})

it('wants a host for each network', async () => {
  await expect(createNativeExecutor(request, { hosts: [] })).rejects.toThrow('2 networks and hosts for 0')
})
