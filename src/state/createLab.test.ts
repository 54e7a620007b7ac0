import { describe, expect, it, vi } from 'vitest'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import { decodeLink, encodeLink } from '../domain/link.ts'
import { presetNamed } from '../domain/presets.ts'
import { type Bench, finished, openLab, points, started } from './testing/labBench.ts'

/** A lab whose first run trains and has some points. */
const trainingLab = (): Bench & { readonly id: string } => {
  const bench = openLab()
  bench.lab.controller.run()
  const id = bench.lab.runs.getState().run?.id ?? ''
  bench.worker().say(started(id))
  bench.worker().say(points(id, 1, 2, 3))
  return { ...bench, id }
}

const lastCommand = ({ worker }: Bench) => worker().commands.at(-1)

describe('running', () => {
  it('takes a pause back that was asked for while the run was prepared', () => {
    const bench = openLab()
    const { lab } = bench
    lab.controller.run()
    lab.controller.pause()
    expect(lab.runs.getState().willPause).toBe(true)
    expect(lastCommand(bench)).toMatchObject({ type: 'pause' })
    lab.controller.run()
    expect(lab.runs.getState().willPause).toBe(false)
    expect(lastCommand(bench)).toMatchObject({ type: 'resume' })
    expect(bench.worker().commands.filter(({ type }) => type === 'start')).toHaveLength(1)
  })

  it('starts the present spec, shows its preparation, and runs', () => {
    const bench = openLab()
    const { lab } = bench
    lab.controller.run()
    expect(lastCommand(bench)).toMatchObject({ type: 'start', paused: false, spec: lab.spec.getState().spec })
    const id = lab.runs.getState().run?.id ?? ''
    expect(lab.runs.getState().run?.status).toBe('preparing')
    bench.worker().say({ type: 'preparing', runId: id, stage: 'data', fraction: 0.5 })
    expect(lab.runs.getState().preparation).toEqual({ stage: 'data', fraction: 0.5, bytes: null })
    bench.worker().say({ type: 'preparing', runId: id, stage: 'networks', fraction: 0, bytes: 24e6 })
    expect(lab.runs.getState().preparation?.bytes).toBe(24e6)
    bench.worker().say(started(id))
    expect(lab.runs.getState()).toMatchObject({ preparation: null, run: { status: 'running' } })
    expect(lab.runs.getState().run?.device?.backend).toBe('cpu')
  })

  it('keeps points out of the run until it ends, and tells of them once a frame', () => {
    const { lab, worker, id, frame } = trainingLab()
    const heard = vi.fn()
    lab.series.subscribe(heard)
    frame()
    heard.mockClear()
    const before = lab.runs.getState()
    worker().say(points(id, 4))
    worker().say(points(id, 5))
    expect(lab.runs.getState()).toBe(before)
    expect(heard).not.toHaveBeenCalled()
    frame()
    expect(heard).toHaveBeenCalledTimes(1)
    expect(lab.series.steps().map(({ step }) => step)).toEqual([1, 2, 3, 4, 5])
    expect(before.run?.steps).toEqual([])
    worker().say(finished(id, 7))
    expect(lab.runs.getState().run).toMatchObject({
      status: 'finished',
      seconds: 7,
      weightsDigest: '3f2a00000000c0de',
    })
    expect(lab.runs.getState().run?.steps).toHaveLength(5)
    expect(lab.series.seconds()).toBe(7)
  })

  it('pauses and goes on when the worker says so', () => {
    const bench = trainingLab()
    const { lab, worker, id } = bench
    lab.controller.pause()
    expect(lastCommand(bench)).toEqual({ type: 'pause', runId: id })
    expect(lab.runs.getState().run?.status).toBe('running')
    worker().say({ type: 'paused', runId: id })
    expect(lab.runs.getState().run?.status).toBe('paused')
    lab.controller.run()
    expect(lastCommand(bench)).toEqual({ type: 'resume', runId: id })
    worker().say({ type: 'resumed', runId: id })
    expect(lab.runs.getState().run?.status).toBe('running')
  })

  it('steps a run that is not there yet by starting it paused', () => {
    const bench = openLab()
    bench.lab.controller.step()
    expect(bench.worker().commands.slice(-2)).toMatchObject([
      { type: 'start', paused: true },
      { type: 'step' },
    ])
  })

  it('keeps the run before as a faint line when it runs again', () => {
    const { lab, worker, id } = trainingLab()
    worker().say(finished(id))
    lab.controller.run()
    const { run, earlier } = lab.runs.getState()
    expect(run?.id).not.toBe(id)
    expect(earlier).toMatchObject([{ id, status: 'finished' }])
    expect(earlier[0]?.steps).toHaveLength(3)
    expect(lab.series.steps()).toEqual([])
  })

  it('resets: stops the worker, forgets the points, keeps a faint line', () => {
    const bench = trainingLab()
    const { lab, worker, id } = bench
    lab.controller.reset()
    expect(lastCommand(bench)).toEqual({ type: 'stop', runId: id })
    expect(lab.runs.getState()).toMatchObject({ run: null, earlier: [{ id, status: 'stopped' }] })
    worker().say(points(id, 4))
    expect(lab.series.steps()).toEqual([])
    lab.controller.clearEarlier()
    expect(lab.runs.getState().earlier).toEqual([])
  })

  it('keeps no faint line of a run that has no points', () => {
    const { lab } = openLab()
    lab.controller.run()
    lab.controller.reset()
    expect(lab.runs.getState().earlier).toEqual([])
  })

  it('drops what is said about a dead run', () => {
    const { lab, worker, id } = trainingLab()
    lab.controller.reset()
    lab.controller.run()
    worker().say({ type: 'stopped', runId: id })
    worker().say(points(id, 9))
    expect(lab.runs.getState().run?.status).toBe('preparing')
    expect(lab.series.steps()).toEqual([])
  })

  it('keeps the curves of a run that failed, and what went wrong', () => {
    const { lab, worker, id } = trainingLab()
    const failure = { kind: 'diverged', sentence: 'plain-8 diverged.', network: 0 } as const
    worker().say({ type: 'failed', runId: id, failure })
    expect(lab.runs.getState().run).toMatchObject({ status: 'failed', failure })
    expect(lab.runs.getState().run?.steps).toHaveLength(3)
    expect(lab.series.steps()).toHaveLength(3)
  })

  it('marks where the page was hidden', () => {
    const { lab, hide } = trainingLab()
    hide()
    expect(lab.runs.getState().run?.marks).toEqual([{ kind: 'hidden', step: 3 }])
  })
})

describe('switching', () => {
  it('goes to the worker while a run is there, and shows before it is confirmed', () => {
    const bench = trainingLab()
    const { lab, worker, id } = bench
    lab.controller.switchShortcuts(2, 'all', 0, 0)
    expect(lastCommand(bench)).toMatchObject({
      type: 'intervene',
      intervention: { kind: 'shortcuts', network: 2, to: 0 },
    })
    expect(lab.runs.getState().ramps[2]?.every(({ to }) => to === 0)).toBe(true)
    expect(lab.runs.getState().run?.marks).toEqual([])
    const intervention = {
      kind: 'shortcuts',
      step: 5,
      network: 2,
      blocks: 'all',
      to: 0,
      overSteps: 0,
    } as const
    worker().say({ type: 'intervened', runId: id, intervention })
    expect(lab.runs.getState().run?.marks).toEqual([{ kind: 'intervention', step: 5, intervention }])
    expect(lab.runs.getState().ramps[2]?.[0]).toMatchObject({ to: 0, startStep: 5 })
    expect(lab.runs.getState().specChangedSinceStart).toBe(false)
  })

  it('is taken back where it came after the last step', () => {
    const { lab, worker, id } = trainingLab()
    lab.controller.switchShortcuts(2, 'all', 0, 0)
    lab.controller.setLearningRate(0.01)
    worker().say(finished(id))
    expect(lab.runs.getState().ramps[2]?.every(({ to }) => to === 1)).toBe(true)
    expect(lab.runs.getState().learningRate).toBe(0.05)
    expect(lab.runs.getState().run?.status).toBe('finished')
  })

  it('is in the link, so that another page can run it again', () => {
    const { lab, worker, id, hashes } = trainingLab()
    const intervention = { kind: 'learningRate', step: 4, to: 0.01 } as const
    lab.controller.setLearningRate(0.01)
    worker().say({ type: 'intervened', runId: id, intervention })
    expect(decodeLink(lab.controller.link()).spec.interventions).toEqual([intervention])
    expect(hashes.at(-1)).toBe(lab.controller.link())
    expect(lab.runs.getState().learningRate).toBe(0.01)
    expect(lab.spec.getState().spec.recipe.learningRate).toBe(0.05)
    lab.controller.reset()
    expect(decodeLink(lab.controller.link()).spec.interventions).toEqual([])
  })

  it('stays one step back in the history when the next run begins without it', () => {
    const { lab, worker, id, history } = trainingLab()
    const intervention = { kind: 'learningRate', step: 4, to: 0.01 } as const
    lab.controller.setLearningRate(0.01)
    worker().say({ type: 'intervened', runId: id, intervention })
    expect(history).toHaveLength(1)
    worker().say(finished(id))
    lab.controller.run()
    expect(history).toHaveLength(2)
    expect(decodeLink(history[0] ?? '').spec.interventions).toEqual([intervention])
    expect(decodeLink(history[1] ?? '').spec.interventions).toEqual([])
  })

  it('goes into the set-up before a run, and out of it again', () => {
    const { lab } = openLab()
    lab.controller.switchShortcuts(2, [1, 2], 0, 0)
    expect(lab.spec.getState().spec.interventions).toEqual([
      { kind: 'shortcuts', step: 0, network: 2, blocks: [1, 2], to: 0, overSteps: 0 },
    ])
    expect(
      lab.runs
        .getState()
        .ramps[2]?.map(({ to }) => to)
        .slice(0, 4),
    ).toEqual([1, 0, 0, 1])
    lab.controller.switchShortcuts(2, [1, 2], 1, 0)
    expect(lab.spec.getState().spec.interventions).toEqual([])
  })

  it('does not count the planned switches of the spec twice', () => {
    const bench = openLab()
    const { lab } = bench
    lab.controller.switchShortcuts(1, 'all', 1, 0)
    lab.controller.run()
    const id = lab.runs.getState().run?.id ?? ''
    bench.worker().say(started(id))
    const planned = lab.spec.getState().spec.interventions[0]
    if (planned === undefined) throw new Error('the switch is not in the set-up')
    bench.worker().say({ type: 'intervened', runId: id, intervention: planned })
    expect(lab.runs.getState().ramps[1]?.every(({ to }) => to === 1)).toBe(true)
    expect(lab.runs.getState().run?.marks).toHaveLength(1)
    expect(decodeLink(lab.controller.link()).spec.interventions).toHaveLength(1)
  })
})

describe('the set-up', () => {
  it('takes a possible edit, writes the link, and says that it needs a new run', () => {
    const { lab, hashes } = trainingLab()
    lab.controller.edit((spec) => ({ ...spec, seed: 7 }))
    expect(lab.spec.getState().spec.seed).toBe(7)
    expect(decodeLink(hashes.at(-1) ?? '').spec.seed).toBe(7)
    expect(lab.runs.getState().specChangedSinceStart).toBe(true)
    lab.controller.edit((spec) => ({ ...spec, seed: 1 }))
    expect(lab.runs.getState().specChangedSinceStart).toBe(false)
  })

  it('refuses an impossible edit with a notice and keeps what was there', () => {
    const { lab, hashes } = openLab()
    const before = lab.spec.getState().spec
    lab.controller.edit((spec) => ({ ...spec, recipe: { ...spec.recipe, steps: Number.NaN } }))
    expect(lab.spec.getState().spec).toBe(before)
    expect(lab.spec.getState().notices).toHaveLength(1)
    expect(hashes).toEqual([])
    lab.controller.dismissNotices()
    expect(lab.spec.getState().notices).toEqual([])
  })

  it('drops switches that do not fit a smaller network, and says so', () => {
    const { lab } = openLab()
    lab.controller.switchShortcuts(2, [14], 0, 0)
    lab.controller.edit((spec) => ({
      ...spec,
      networks: spec.networks.map((curve, index) => (index === 0 ? curve : { ...curve, depth: 20 })),
    }))
    expect(lab.spec.getState().spec.interventions).toEqual([])
    expect(lab.spec.getState().notices).toHaveLength(1)
    expect(lab.runs.getState().ramps.map((ramps) => ramps.length)).toEqual([3, 9, 9])
  })

  it('leaves what was set up one step back in the history when a whole new set-up takes its place', () => {
    const { lab, history, visit } = openLab()
    const mine = lab.spec.getState().spec
    const networks: ExperimentSpec['networks'] = [
      { depth: 34, shortcut: 'none', stages: [3, 4, 6, 3] },
      { depth: 34, shortcut: 'B', stages: [3, 4, 6, 3] },
    ]
    lab.controller.replace((spec) => ({ ...spec, networks }))
    expect(history).toHaveLength(2)
    expect(decodeLink(history[1] ?? '').spec.networks).toEqual(networks)
    lab.controller.replace((spec) => spec)
    expect(history).toHaveLength(2)
    visit(history[0] ?? '')
    expect(lab.spec.getState().spec).toEqual(mine)
  })

  it('leaves what was set up one step back in the history when a preset takes its place', () => {
    const { lab, history, visit } = openLab()
    lab.controller.edit((spec) => ({ ...spec, seed: 17 }))
    const own = lab.spec.getState()
    lab.controller.loadPreset('quick')
    expect(history).toHaveLength(2)
    expect(decodeLink(history[1] ?? '').preset).toBe('quick')
    visit(history[0] ?? '')
    expect(lab.spec.getState()).toMatchObject({ preset: own.preset, spec: own.spec })
    // Going back makes no entry of its own.
    expect(history).toHaveLength(2)
  })

  it('opens the link of the page, and one that is opened later', () => {
    const quick = presetNamed('quick').spec
    const { lab, visit } = openLab(`#${encodeLink('quick', quick)}`)
    expect(lab.spec.getState()).toMatchObject({ preset: 'quick', spec: quick })
    visit('nonsense')
    expect(lab.spec.getState().preset).toBe('default')
    expect(lab.spec.getState().notices).toHaveLength(1)
  })
})

describe('CIFAR-10', () => {
  const requestId = ({ worker }: Bench): string => {
    const command = worker().commands.at(-1)
    return command !== undefined && 'requestId' in command ? command.requestId : ''
  }

  it('is asked for at once, read with progress, and a refusal keeps what was there', () => {
    const bench = openLab()
    const { lab, worker } = bench
    expect(lab.cifar.getState().status).toBe('unknown')
    worker().say({ type: 'cifarReady', requestId: requestId(bench), facts: null })
    expect(lab.cifar.getState().status).toBe('absent')
    lab.controller.importCifar([new File([], 'bad.bin')])
    worker().say({ type: 'cifarProgress', requestId: requestId(bench), fraction: 0.5 })
    expect(lab.cifar.getState()).toMatchObject({ status: 'importing', progress: 0.5 })
    worker().say({ type: 'cifarRefused', requestId: requestId(bench), sentence: 'Too short.' })
    expect(lab.cifar.getState()).toMatchObject({ status: 'absent', refusal: 'Too short.' })
  })

  it('goes on being read where an earlier question is answered meanwhile', () => {
    const bench = openLab()
    const { lab, worker } = bench
    const describing = requestId(bench)
    lab.controller.importCifar([new File([], 'data_batch_1.bin')])
    worker().say({ type: 'cifarReady', requestId: describing, facts: null })
    expect(lab.cifar.getState().status).toBe('importing')
    const facts = { trainingImages: 8, validationImages: 2, thumbnails: [], note: null }
    worker().say({ type: 'cifarReady', requestId: requestId(bench), facts })
    expect(lab.cifar.getState()).toMatchObject({ status: 'present', facts, refusal: null })
  })

  it('is asked for again where a run did not find it', () => {
    const bench = trainingLab()
    const { worker, id } = bench
    const failure = { kind: 'no-dataset', sentence: 'There is none.', network: null } as const
    worker().say({ type: 'failed', runId: id, failure })
    expect(lastCommand(bench)?.type).toBe('describeCifar')
  })
})

describe('the view', () => {
  it('is kept in the browser, without hidden curves', () => {
    const { lab, stored } = openLab()
    lab.controller.view({ theme: 'dark', hiddenCurves: ['plain-8'] })
    expect(JSON.parse(stored.get('degradation-lab.view') ?? '')).toMatchObject({ theme: 'dark' })
    expect(stored.get('degradation-lab.view')).not.toContain('plain-8')
  })
})
