import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../domain/presets.ts'
import type { Run, RunStatus } from '../../domain/run.ts'
import { builtRamps } from '../../state/startingState.ts'
import { pictureModel, runLeftBySwitch } from './pictureModel.ts'

const off = { from: 0, to: 0, startStep: 0, overSteps: 0 } as const

const ran = presetNamed('default').spec
const setUp = presetNamed('pair').spec
const run = (status: RunStatus): Run => ({
  id: 'run-1',
  spec: ran,
  status,
  device: null,
  checks: null,
  steps: [],
  evaluations: [],
  marks: [],
  failure: null,
  weightsDigest: null,
  seconds: 0,
})
const model = (status: RunStatus | null, specChangedSinceStart: boolean) =>
  pictureModel(
    { spec: specChangedSinceStart || status === null ? setUp : ran },
    { run: status === null ? null : run(status), ramps: [], specChangedSinceStart },
  )

describe('pictureModel', () => {
  it('shows the set-up before a run, and the experiment while it trains whatever is set up meanwhile', () => {
    expect(model(null, false)).toMatchObject({ spec: setUp, showsRun: false, live: false })
    expect(model('running', true)).toMatchObject({ spec: ran, showsRun: true, live: true })
  })

  it('keeps a finished run until the set-up differs', () => {
    expect(model('finished', false)).toMatchObject({ spec: ran, showsRun: true, live: false })
    expect(model('finished', true)).toMatchObject({ spec: setUp, showsRun: false, live: false })
  })

  it('shows the next run once a switch was thrown for it, even one that changes nothing', () => {
    const switchedOff = [...Array(3)].map((_, network) => builtRamps(ran)[network]?.map(() => off) ?? [])
    const after = (leftRun: string | null) =>
      pictureModel(
        { spec: ran },
        { run: run('finished'), ramps: switchedOff, specChangedSinceStart: false },
        leftRun,
      )
    expect(after(null)).toMatchObject({ showsRun: true, lastRun: null, ramps: switchedOff })
    expect(after('run-1')).toMatchObject({
      showsRun: false,
      lastRun: ['plain-8', 'plain-32', 'residual-32'],
      ramps: builtRamps(ran),
    })
    expect(runLeftBySwitch(run('finished'))).toBe('run-1')
    expect(runLeftBySwitch(run('running'))).toBeNull()
    // Of a run that has begun since, the older click says nothing.
    expect(after('run-0').showsRun).toBe(true)
  })

  it('has a strength for every block even where the ramps are those of other networks', () => {
    const { plans, ramps } = model(null, false)
    expect(ramps.map((network) => network.length)).toEqual(plans.map((plan) => plan.blocks.length))
    expect(ramps.map((network) => network[0]?.to)).toEqual([0, 1])
  })
})
