import { describe, expect, it } from 'vitest'
import { costOf } from '../domain/cost.ts'
import { decodeLink } from '../domain/link.ts'
import { presetNamed } from '../domain/presets.ts'
import { defaultStudy, missingExperiments, type StudyRequest, studyBaseOf } from '../domain/study.ts'
import { studyVariants } from '../domain/studyVariants.ts'
import { type Bench, finished, openLab, started } from './testing/labBench.ts'

const quick = presetNamed('quick').spec
const request: StudyRequest = { ...defaultStudy('orders'), seeds: 2 }
const variantCount = studyVariants('orders').length

const commandsOf = (bench: Bench, type: string) =>
  bench.workers.flatMap(({ commands }) => commands.filter((command) => command.type === type))
/** What the worker was last told to train. */
const lastSpec = (bench: Bench) => {
  const start = commandsOf(bench, 'start').at(-1)
  return start?.type === 'start' ? start.spec : undefined
}
const runId = ({ lab }: Bench): string => lab.runs.getState().run?.id ?? ''

/** The worker trains what it was last given: network i ends at 10 · (i + 1) % training error, or the first at another. */
const train = (bench: Bench, ofFirst = 10): void => {
  const id = runId(bench)
  const networks = bench.lab.runs.getState().run?.spec.networks ?? []
  const errors = networks.map((_, index) => (index === 0 ? ofFirst : 10 * (index + 1)))
  bench.worker().say(started(id))
  bench.worker().say({
    type: 'points',
    runId: id,
    steps: [{ step: 1, trainingErrors: errors, losses: errors }],
    evaluations: [
      {
        step: 1,
        trainingErrors: errors,
        validationErrors: errors.map((error) => error + 1),
        trainingLosses: errors,
        validationLosses: errors,
      },
    ],
    seconds: 1,
    memory: { tensors: 1, bytes: 4 },
  })
  bench.worker().say(finished(id))
}

const diverge = (bench: Bench, network: number | null): void => {
  const id = runId(bench)
  bench.worker().say(started(id))
  const kind = network === null ? ('context-lost' as const) : ('diverged' as const)
  bench.worker().say({ type: 'failed', runId: id, failure: { kind, sentence: 'It broke.', network } })
}

const studying = (): Bench => {
  const bench = openLab()
  bench.lab.controller.startStudy(request)
  return bench
}

const results = ({ lab }: Bench) => lab.study.getState().records.orders?.results ?? []

describe('a study', () => {
  it('runs one experiment after the other until it is complete', () => {
    const bench = studying()
    const planned = missingExperiments({ request, results: [] })
    expect(lastSpec(bench)).toEqual(planned[0]?.spec)
    expect(bench.lab.study.getState().running).toMatchObject({
      kind: 'orders',
      experiment: 1,
      experiments: planned.length,
    })
    planned.forEach((experiment, index) => {
      expect(lastSpec(bench)).toEqual(experiment.spec)
      expect(bench.lab.study.getState().running?.experiment).toBe(index + 1)
      train(bench)
    })
    expect(commandsOf(bench, 'start')).toHaveLength(planned.length)
    expect(results(bench)).toHaveLength(2 * variantCount)
    expect(results(bench)[1]).toMatchObject({ kind: 'finished', trainingError: 20, validationError: 21 })
    expect(bench.lab.study.getState()).toMatchObject({ running: null, ended: { kind: 'orders' } })
    expect(bench.lab.study.getState().ended?.sentence).toContain('complete')
    // Each run takes a second here.
    expect(bench.lab.study.getState().speed).toBe(costOf(planned.at(-1)?.spec ?? quick).totalFlops)
    expect(bench.lab.runs.getState()).toMatchObject({ run: null, isOfStudy: false, earlier: [] })
  })

  it('leaves the set-up, its link and the run before it as they were', () => {
    const bench = openLab()
    const { lab } = bench
    lab.controller.run()
    const intervention = { kind: 'learningRate', step: 0, to: 0.01 } as const
    bench.worker().say(started(runId(bench)))
    lab.controller.setLearningRate(0.01)
    bench.worker().say({ type: 'intervened', runId: runId(bench), intervention })
    train(bench)
    const own = lab.runs.getState().run
    const before = { spec: lab.spec.getState(), link: lab.controller.link(), steps: lab.series.steps() }
    lab.controller.startStudy(request)
    expect(lab.spec.getState()).toEqual(before.spec)
    expect(lab.controller.link()).toBe(before.link)
    expect(lab.runs.getState()).toMatchObject({ isOfStudy: true, specChangedSinceStart: false, earlier: [] })
    train(bench)
    lab.controller.stopStudy()
    expect(lab.runs.getState()).toMatchObject({ run: own, isOfStudy: false, earlier: [] })
    expect(lab.series.steps()).toEqual(before.steps)
    expect(lab.controller.link()).toBe(before.link)
    expect(lab.controller.link()).toContain('do=0:rate')
    expect(bench.history).toHaveLength(1)
    expect(bench.hashes.at(-1)).toBe(before.link)
  })

  it('makes a faint line of a run that it interrupts, and none of its own', () => {
    const bench = openLab()
    bench.lab.controller.run()
    const id = runId(bench)
    bench.worker().say(started(id))
    bench.worker().say({
      type: 'points',
      runId: id,
      steps: [{ step: 1, trainingErrors: [90, 90, 90], losses: [2, 2, 2] }],
      evaluations: [],
      seconds: 1,
      memory: { tensors: 1, bytes: 4 },
    })
    bench.lab.controller.startStudy(request)
    bench.worker().say({ type: 'stopped', runId: id })
    train(bench)
    train(bench)
    bench.lab.controller.stopStudy()
    expect(bench.lab.runs.getState().earlier).toMatchObject([{ id, status: 'stopped' }])
    expect(bench.lab.runs.getState().run).toBeNull()
  })

  it('pauses and goes on like any run', () => {
    const bench = studying()
    const id = runId(bench)
    bench.worker().say(started(id))
    bench.lab.controller.pause()
    bench.worker().say({ type: 'paused', runId: id })
    bench.lab.controller.run()
    expect(bench.worker().commands.at(-1)).toEqual({ type: 'resume', runId: id })
    expect(bench.lab.study.getState().running).not.toBeNull()
  })

  it('is not switched, and takes no edit of the set-up', () => {
    const bench = studying()
    const { lab } = bench
    bench.worker().say(started(runId(bench)))
    lab.controller.switchShortcuts(0, 'all', 0, 0)
    expect(lab.spec.getState().notices).toHaveLength(1)
    lab.controller.setLearningRate(0.01)
    lab.controller.edit((spec) => ({ ...spec, recipe: { ...spec.recipe, learningRate: 0.02 } }))
    expect(commandsOf(bench, 'intervene')).toEqual([])
    expect(lab.spec.getState().spec.recipe.learningRate).toBe(0.02)
    expect(decodeLink(lab.controller.link()).spec.recipe.learningRate).toBe(0.02)
    expect(lab.runs.getState().specChangedSinceStart).toBe(false)
  })

  it('records a variant that diverged with its sentence, and runs the others again without it', () => {
    const bench = studying()
    const before = lastSpec(bench)
    diverge(bench, 1)
    expect(results(bench)).toEqual([
      {
        kind: 'diverged',
        variant: missingExperiments({ request, results: [] })[0]?.variants[1]?.id,
        seed: 1,
        sentence: 'It broke.',
      },
    ])
    expect(lastSpec(bench)?.networks).not.toContainEqual(before?.networks[1])
    while (bench.lab.study.getState().running !== null) train(bench)
    expect(results(bench)).toHaveLength(2 * variantCount)
    expect(results(bench).filter(({ kind }) => kind === 'diverged')).toHaveLength(1)
  })

  it('ends with a sentence where the device fails, and can be continued', () => {
    const bench = studying()
    train(bench)
    diverge(bench, null)
    expect(bench.lab.study.getState()).toMatchObject({ running: null })
    expect(bench.lab.study.getState().ended?.sentence).toContain('It broke.')
    const known = results(bench).length
    bench.lab.controller.startStudy(request)
    expect(lastSpec(bench)).toEqual(missingExperiments({ request, results: results(bench) })[0]?.spec)
    expect(results(bench)).toHaveLength(known)
    bench.lab.controller.dismissStudyEnd()
    expect(bench.lab.study.getState().ended).toBeNull()
  })

  it('ends, and does not train for ever, where what is missing gives no number', () => {
    const first = studying()
    while (first.lab.study.getState().running !== null) train(first)
    const whole = first.lab.study.getState().records.orders
    const all = whole?.results ?? []
    const stored = new Map([
      ['degradation-lab.study.orders', JSON.stringify({ ...whole, results: all.slice(1) })],
    ])
    const bench = openLab('', stored)
    bench.lab.controller.startStudy(request)
    expect(bench.lab.study.getState().running?.current.variants[0]?.id).toBe(all[0]?.variant)
    train(bench, Number.NaN)
    expect(bench.lab.study.getState().running).toBeNull()
    expect(bench.lab.study.getState().ended?.sentence).toContain('cannot go on')
    expect(results(bench)).toHaveLength(all.length - 1)
  })

  it.each<[string, (bench: Bench) => void]>([
    ['Reset', ({ lab }) => lab.controller.reset()],
    ['a preset', ({ lab }) => lab.controller.loadPreset('quick')],
    ['another link', ({ visit }) => visit('v=1&preset=quick')],
    ['its own Stop', ({ lab }) => lab.controller.stopStudy()],
  ])('ends with %s, and keeps what it has', (name, act) => {
    const bench = studying()
    train(bench)
    const id = runId(bench)
    act(bench)
    expect(bench.lab.study.getState()).toMatchObject({ running: null, ended: { kind: 'orders' } })
    expect(commandsOf(bench, 'stop')).toEqual([{ type: 'stop', runId: id }])
    expect(bench.lab.runs.getState()).toMatchObject({ run: null, isOfStudy: false })
    expect(results(bench).length).toBeGreaterThan(0)
    const isSetUp = name === 'a preset' || name === 'another link'
    expect(bench.lab.spec.getState().spec).toEqual(isSetUp ? quick : presetNamed('default').spec)
    // What the worker still says of it is of no more interest.
    bench.worker().say(finished(id))
    expect(bench.lab.study.getState().running).toBeNull()
  })

  it('is refused with a sentence where its depth is not possible', () => {
    const { lab } = openLab()
    lab.controller.startStudy({ ...request, depth: 31 })
    expect(lab.study.getState().running).toBeNull()
    expect(lab.spec.getState().notices.join()).toContain('32')
  })
})

describe('what the browser keeps of a study', () => {
  it('survives a reload, and only what is missing is run', () => {
    const first = studying()
    train(first)
    const again = openLab('', first.stored)
    expect(again.lab.study.getState().records.orders).toEqual(first.lab.study.getState().records.orders)
    again.lab.controller.startStudy(request)
    expect(results(again)).toEqual(results(first))
    expect(lastSpec(again)).toEqual(lastSpec(first))
  })

  it('is left behind by a study of another depth or base, and by clearing', () => {
    const bench = studying()
    train(bench)
    bench.lab.controller.startStudy({ ...request, base: { ...studyBaseOf(quick), seed: 1 } })
    expect(results(bench)).toEqual([])
    train(bench)
    bench.lab.controller.clearStudy('orders')
    expect(bench.lab.study.getState()).toMatchObject({ running: null, records: { orders: null } })
    expect(openLab('', bench.stored).lab.study.getState().records.orders).toBeNull()
  })

  it.each(['', 'null', '{', '{"request":{}}', '[1,2]'])('is ignored where it is %j', (text) => {
    const stored = new Map([['degradation-lab.study.orders', text]])
    expect(openLab('', stored).lab.study.getState().records).toEqual({ shortcuts: null, orders: null })
  })
})
