import { createStore } from 'zustand/vanilla'
import { changeKind } from '../domain/changeKind.ts'
import { equalData } from '../domain/equalData.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import { limits } from '../domain/limits.ts'
import { decodeLink, encodeLink } from '../domain/link.ts'
import { type PresetName, presetNamed } from '../domain/presets.ts'
import { dropImpossibleInterventions, validateSpec } from '../domain/validateSpec.ts'
import type { LiveIntervention } from '../protocol/messages.ts'
import { createCifarController } from './cifarController.ts'
import { createSeriesStore } from './createSeriesStore.ts'
import { createViewStore } from './createViewStore.ts'
import type { CifarState, Lab, LabController, RunState, SpecState } from './lab.ts'
import type { LabPorts } from './labPorts.ts'
import { createRunController } from './runController.ts'
import { isActive } from './runEvents.ts'
import { startingState } from './startingState.ts'
import { switchAtStart } from './switchAtStart.ts'

const removedSwitches =
  'A switch that was set for later does not fit the changed networks or steps any more, and was removed.'
const tooManySwitches = `An experiment holds at most ${limits.interventions.max} changes in mid-run. Reset to begin anew.`

/** The whole lab without its page: stores and verbs over one worker client. */
export const createLab = (ports: LabPorts): Lab => {
  const { client, link } = ports
  const opened = decodeLink(link.read())
  const spec = createStore<SpecState>(() => opened)
  const runs = createStore<RunState>(() => ({
    run: null,
    preparation: null,
    earlier: [],
    specChangedSinceStart: false,
    ...startingState(opened.spec),
  }))
  const cifar = createStore<CifarState>(() => ({
    status: 'unknown',
    progress: 0,
    facts: null,
    refusal: null,
  }))
  const viewState = createViewStore(ports.storage)
  const series = createSeriesStore(ports.scheduleFrame)
  const runController = createRunController(runs, series, client)
  const cifarController = createCifarController(cifar, client)

  const presentSpec = (): ExperimentSpec => spec.getState().spec
  const notify = (...notices: readonly string[]): void => spec.setState({ notices })

  const linkOfNow = (): string => {
    const replayable = runs.getState().specChangedSinceStart ? null : runController.replayableSpec()
    return encodeLink(spec.getState().preset, replayable ?? presentSpec())
  }

  const setSpec = (state: SpecState): void => {
    spec.setState(state)
    runController.specChanged(state.spec)
    link.replace(linkOfNow())
  }

  /** Takes a changed set-up if it is a possible experiment; else says why not and leaves all as it was. */
  const propose = (changed: ExperimentSpec): void => {
    const fitting = dropImpossibleInterventions(changed)
    const validation = validateSpec(fitting)
    if (!validation.ok) {
      notify(...validation.sentences)
      return
    }
    if (equalData(validation.spec, presentSpec())) return
    const notices = fitting === changed ? [] : [removedSwitches]
    setSpec({ preset: spec.getState().preset, spec: validation.spec, notices })
  }

  const intervene = (intervention: LiveIntervention): void => {
    const replayable = runController.replayableSpec()
    if (replayable !== null && replayable.interventions.length >= limits.interventions.max)
      notify(tooManySwitches)
    else runController.intervene(intervention)
  }

  const start = (paused: boolean): void => {
    runController.start(presentSpec(), paused)
    link.replace(linkOfNow())
  }

  const setLearningRate = (rate: number): void => {
    const changed = { ...presentSpec(), recipe: { ...presentSpec().recipe, learningRate: rate } }
    if (!isActive(runs.getState().run)) {
      propose(changed)
      return
    }
    const validation = validateSpec({ ...presentSpec(), recipe: changed.recipe })
    if (!validation.ok) {
      notify(...validation.sentences)
      return
    }
    if (rate !== runs.getState().learningRate) intervene({ kind: 'learningRate', to: rate })
  }

  const loadLink = (hash: string): void => setSpec(decodeLink(hash))

  const controller: LabController = {
    run: () => {
      const { run } = runs.getState()
      if (!isActive(run)) return start(false)
      // Told to pause while it was prepared, it may be told to go on as well.
      if (run.status !== 'running') client.resume(run.id)
    },
    pause: () => {
      const { run } = runs.getState()
      if (isActive(run) && run.status !== 'paused') client.pause(run.id)
    },
    step: () => {
      if (!isActive(runs.getState().run)) start(true)
      const { run } = runs.getState()
      if (run !== null) client.step(run.id)
    },
    reset: () => {
      runController.reset(presentSpec())
      link.replace(linkOfNow())
    },
    edit: (change) => {
      const changed = change(presentSpec())
      const { run, specChangedSinceStart } = runs.getState()
      const isLive = isActive(run) && !specChangedSinceStart
      if (isLive && changeKind(presentSpec(), changed) === 'next-step')
        return setLearningRate(changed.recipe.learningRate)
      propose(changed)
    },
    loadPreset: (name: PresetName) => setSpec({ preset: name, spec: presetNamed(name).spec, notices: [] }),
    loadLink,
    dismissNotices: () => notify(),
    link: linkOfNow,
    switchShortcuts: (network, blocks, to, overSteps) => {
      if (isActive(runs.getState().run)) intervene({ kind: 'shortcuts', network, blocks, to, overSteps })
      else propose(switchAtStart(presentSpec(), network, blocks, to, overSteps))
    },
    setLearningRate,
    removeIntervention: (index) =>
      propose({
        ...presentSpec(),
        interventions: presentSpec().interventions.filter((_, at) => at !== index),
      }),
    importCifar: cifarController.importFiles,
    forgetCifar: cifarController.forget,
    view: (change) => viewState.setState(change),
    clearEarlier: () => runs.setState({ earlier: [] }),
  }

  client.subscribe((event) => {
    if ('requestId' in event) return cifarController.receive(event)
    runController.receive(event)
    if (event.type === 'started' && event.note !== null) notify(event.note)
    if (event.type === 'intervened') link.replace(linkOfNow())
  })
  link.subscribe(loadLink)
  ports.visibility.subscribe((hidden) => {
    if (hidden) runController.pageHidden()
  })
  cifarController.describe()

  return { spec, runs, cifar, viewState, series, controller }
}
