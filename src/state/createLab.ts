import { createStore } from 'zustand/vanilla'
import { changeKind } from '../domain/changeKind.ts'
import { equalData } from '../domain/equalData.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { LiveIntervention } from '../domain/interventions.ts'
import { limits } from '../domain/limits.ts'
import { decodeLink, encodeLink } from '../domain/link.ts'
import { performedSpec } from '../domain/performedSpec.ts'
import { presetNamed } from '../domain/presets.ts'
import { studyProblems } from '../domain/study.ts'
import { validateSpec } from '../domain/validateSpec.ts'
import { createCifarController } from './cifarController.ts'
import { createSeriesStore } from './createSeriesStore.ts'
import { createViewStore } from './createViewStore.ts'
import type { CifarState, Lab, LabController, RunState, SpecState, StudyState } from './lab.ts'
import type { LabPorts } from './labPorts.ts'
import { createRunController } from './runController.ts'
import { isActive } from './runEvents.ts'
import { createSpecController } from './specController.ts'
import { startingState } from './startingState.ts'
import { createStudyController } from './studyController.ts'
import { readStudies } from './studyStorage.ts'
import { noSwitchInStudy } from './studyWords.ts'
import { switchAtStart } from './switchAtStart.ts'

const tooManySwitches = `An experiment holds at most ${limits.interventions.max} changes in mid-run. Reset to begin anew.`

/** The whole lab without its page: stores and verbs over one worker client. */
export const createLab = (ports: LabPorts): Lab => {
  const { client, link } = ports
  const opened = decodeLink(link.read())
  const spec = createStore<SpecState>(() => opened)
  const runs = createStore<RunState>(() => ({
    run: null,
    preparation: null,
    willPause: false,
    earlier: [],
    specChangedSinceStart: false,
    isOfStudy: false,
    ...startingState(opened.spec),
  }))
  const cifar = createStore<CifarState>(() => ({
    status: 'unknown',
    progress: 0,
    facts: null,
    refusal: null,
  }))
  const study = createStore<StudyState>(() => ({
    records: readStudies(ports.storage),
    running: null,
    speed: null,
    ended: null,
  }))
  const viewState = createViewStore(ports.storage)
  const series = createSeriesStore(ports.scheduleFrame)

  const running = createRunController(runs, series, client)
  const ownData = createCifarController(cifar, client)
  const setup = createSpecController(spec, (changed) => {
    running.specChanged(changed)
    showLink()
  })

  /** The present set-up, with the switches of its run where it has one. */
  const specOfNow = (): ExperimentSpec => {
    const run = running.ownRun()
    const present = setup.present()
    return run === null || !equalData(run.spec, present) ? present : performedSpec(run)
  }
  const linkOfNow = (): string => encodeLink(spec.getState().preset, specOfNow())
  /** Whether the address holds switches that were made live: they are nowhere else once their run is gone. */
  let addressHasLive = false
  const showLink = (): void => {
    const hasLive = !equalData(specOfNow().interventions, setup.present().interventions)
    if (addressHasLive && !hasLive) link.push(linkOfNow())
    else link.replace(linkOfNow())
    addressHasLive = hasLive
  }

  const studying = createStudyController(study, runs, running, ports.storage, () => {
    running.leaveStudy(setup.present())
    showLink()
  })

  const intervene = (intervention: LiveIntervention): void => {
    const { run } = runs.getState()
    const made = run === null ? 0 : performedSpec(run).interventions.length
    if (made >= limits.interventions.max) setup.notify([tooManySwitches])
    else running.intervene(intervention)
  }

  const start = (paused: boolean): void => {
    running.start(setup.present(), paused)
    showLink()
  }

  const setLearningRate = (rate: number): void => {
    const present = setup.present()
    const changed = { ...present, recipe: { ...present.recipe, learningRate: rate } }
    if (!isActive(runs.getState().run) || runs.getState().isOfStudy) {
      setup.propose(changed)
      return
    }
    const validation = validateSpec(changed)
    if (!validation.ok) setup.notify(validation.sentences)
    else if (rate !== runs.getState().learningRate) intervene({ kind: 'learningRate', to: rate })
  }

  const loadLink = (hash: string): void => {
    studying.end('set-up')
    // The visitor has gone to another entry of the history already.
    addressHasLive = false
    setup.loadLink(hash)
  }

  const controller: LabController = {
    run: () => {
      const { run } = runs.getState()
      if (!isActive(run)) start(false)
      // Told to pause while it was prepared, it may be told to go on as well.
      else if (run.status !== 'running') {
        runs.setState({ willPause: false })
        client.resume(run.id)
      }
    },
    pause: () => {
      const { run } = runs.getState()
      if (!isActive(run) || run.status === 'paused') return
      if (run.status === 'preparing') runs.setState({ willPause: true })
      client.pause(run.id)
    },
    step: () => {
      if (!isActive(runs.getState().run)) start(true)
      const { run } = runs.getState()
      if (run !== null) client.step(run.id)
    },
    reset: () => {
      if (runs.getState().isOfStudy) studying.end('reset')
      else {
        running.reset(setup.present())
        showLink()
      }
    },
    edit: (change) => {
      const changed = change(setup.present())
      const { run, specChangedSinceStart, isOfStudy } = runs.getState()
      const isOfLiveRun = isActive(run) && !specChangedSinceStart && !isOfStudy
      if (isOfLiveRun && changeKind(setup.present(), changed) === 'next-step')
        setLearningRate(changed.recipe.learningRate)
      else setup.propose(changed)
    },
    replace: (change) => {
      const changed = change(setup.present())
      if (!equalData(changed, setup.present())) link.push(linkOfNow())
      setup.propose(changed)
    },
    loadPreset: (name) => {
      studying.end('set-up')
      // Back brings the visitor's own set-up back.
      if (name !== spec.getState().preset || !equalData(presetNamed(name).spec, setup.present()))
        link.push(linkOfNow())
      setup.loadPreset(name)
    },
    loadLink,
    dismissNotices: () => setup.notify([]),
    link: linkOfNow,
    switchShortcuts: (network, blocks, to, overSteps) => {
      if (runs.getState().isOfStudy) setup.notify([noSwitchInStudy])
      else if (isActive(runs.getState().run)) intervene({ kind: 'shortcuts', network, blocks, to, overSteps })
      else setup.propose(switchAtStart(setup.present(), network, blocks, to, overSteps))
    },
    setLearningRate,
    removeIntervention: (index) => {
      const present = setup.present()
      setup.propose({ ...present, interventions: present.interventions.filter((_, at) => at !== index) })
    },
    importCifar: ownData.importFiles,
    forgetCifar: ownData.forget,
    view: (change) => viewState.setState(change),
    clearEarlier: () => runs.setState({ earlier: [] }),
    startStudy: (request) => {
      const problems = studyProblems(request)
      if (problems.length > 0) setup.notify(problems)
      else {
        studying.start(request)
        showLink()
      }
    },
    stopStudy: () => studying.end('stop'),
    clearStudy: studying.clear,
    dismissStudyEnd: () => study.setState({ ended: null }),
  }

  client.subscribe((event) => {
    if ('requestId' in event) {
      ownData.receive(event)
      return
    }
    running.receive(event)
    studying.receive(event)
    if (event.type === 'started' && event.note !== null) setup.notify([event.note])
    if (event.type === 'intervened') showLink()
    // Images that the browser did not keep went with a worker that was ended.
    if (event.type === 'failed' && event.failure.kind === 'no-dataset') ownData.describe()
  })
  link.subscribe(loadLink)
  ports.visibility.subscribe((hidden) => {
    if (hidden) running.pageHidden()
  })
  ownData.describe()

  return { spec, runs, cifar, study, viewState, series, controller }
}
