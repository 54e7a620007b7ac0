import type { StoreApi } from 'zustand/vanilla'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { StrengthRamps } from '../domain/interventions.ts'
import type { PresetName } from '../domain/presets.ts'
import type { DeviceMemory, EvaluationPoint, Run, StepPoint } from '../domain/run.ts'
import type { StudyExperiment, StudyRecord, StudyRequest } from '../domain/study.ts'
import type { StudyKind } from '../domain/studyVariants.ts'
import type { CifarFacts, PreparationStage } from '../protocol/messages.ts'

/** What the visitor is setting up. */
export interface SpecState {
  readonly preset: PresetName
  readonly spec: ExperimentSpec
  /** Sentences about the last link or edit that was not understood or not possible; empty when all is well. */
  readonly notices: readonly string[]
}

/** What is done before the first step. */
export interface Preparation {
  readonly stage: PreparationStage
  /** 0 … 1 of this stage. */
  readonly fraction: number
  /** Memory that the networks will take; null where nobody knows. */
  readonly bytes: number | null
}

/** Points are kept apart (`series`): this changes only when something happens, not with every point. */
export interface RunState {
  /** The present run without its points (`steps` and `evaluations` are empty here until it ends); null before the first. */
  readonly run: Run | null
  readonly preparation: Preparation | null
  /** Told to pause while it is still prepared: it will wait at its start. */
  readonly willPause: boolean
  /** Runs that ended or were reset in this visit, newest first, with their points; drawn as faint lines. */
  readonly earlier: readonly Run[]
  /** Shortcut strengths of the present run's networks, as far as interventions told; before a run, those it would start with. */
  readonly ramps: readonly StrengthRamps[]
  /** Base learning rate now. */
  readonly learningRate: number
  /** True where the spec was changed in a way that needs a new run. */
  readonly specChangedSinceStart: boolean
  /** The present run belongs to a study: the set-up is not its, and nothing is switched in it. */
  readonly isOfStudy: boolean
}

/** Where a study that runs stands. */
export interface StudyProgress {
  readonly kind: StudyKind
  /** What the present run trains. */
  readonly current: StudyExperiment
  /** Which one that is, from 1, of those since the study began or went on. */
  readonly experiment: number
  readonly experiments: number
}

/** Studies of many variants with several seeds. Kept in the browser. */
export interface StudyState {
  /** The last study of each kind, whole or not; null where there is none. */
  readonly records: Readonly<Record<StudyKind, StudyRecord | null>>
  /** Null while none runs. */
  readonly running: StudyProgress | null
  /** Operations a second in the last finished experiment of a study in this visit; null before any. */
  readonly speed: number | null
  /** How the last one ended, a sentence; null where none has, or it was dismissed. */
  readonly ended: { readonly kind: StudyKind; readonly sentence: string } | null
}

/** The present run's points: mutable, outside React, versioned. Subscribers hear at most once a frame. */
export interface SeriesStore {
  readonly version: () => number
  readonly steps: () => readonly StepPoint[]
  readonly evaluations: () => readonly EvaluationPoint[]
  /** Training time, pauses excluded, seconds. */
  readonly seconds: () => number
  /** What the executor held on its device at the last points; null before the first. */
  readonly memory: () => DeviceMemory | null
  readonly subscribe: (listener: () => void) => () => void
}

export interface CifarState {
  readonly status: 'unknown' | 'absent' | 'importing' | 'present'
  /** 0 … 1 while importing. */
  readonly progress: number
  readonly facts: CifarFacts | null
  /** Why the last file was refused, a sentence; null when all is well. */
  readonly refusal: string | null
}

export type Theme = 'system' | 'light' | 'dark'

/** How things are looked at; never changes what is computed. Kept in the browser. */
export interface ViewState {
  readonly theme: Theme
  /** Weight of the past in the smoothed line, 0 (off) … 0.99. */
  readonly smoothing: number
  readonly errorAxis: 'linear' | 'log'
  readonly horizontalAxis: 'step' | 'epoch'
  /** Labels of curves hidden through the legend. */
  readonly hiddenCurves: readonly string[]
  /** Steps of a fade, for the switches. */
  readonly fadeSteps: number
}

/** Every verb that the page has. None throws for what a visitor can do: what is not possible becomes a notice. */
export interface LabController {
  /** Starts a new run of the present spec, or resumes a paused one. */
  readonly run: () => void
  readonly pause: () => void
  /** Trains one step: starts a run paused if there is none. */
  readonly step: () => void
  /** Ends the present run (it stays as a faint line) and goes back to step 0. */
  readonly reset: () => void
  /** Changes the set-up; validated. What needs a new run waits for it. */
  readonly edit: (change: (spec: ExperimentSpec) => ExperimentSpec) => void
  /** Changes the set-up as a whole, as a preset does: the browser's Back brings the visitor's own back. */
  readonly replace: (change: (spec: ExperimentSpec) => ExperimentSpec) => void
  readonly loadPreset: (name: PresetName) => void
  /** Loads what a link's hash says, with notices of what was not understood. */
  readonly loadLink: (hash: string) => void
  readonly dismissNotices: () => void
  /** The hash of the present set-up, with the switches of the present run where it has any. */
  readonly link: () => string
  /**
   * Switches shortcuts of one network. While a run is there: at its next step. Before a run: the switch is put into the spec
   * for step 0.
   */
  readonly switchShortcuts: (
    network: number,
    blocks: 'all' | readonly number[],
    to: 0 | 1,
    overSteps: number,
  ) => void
  /** The base rate: of the running experiment from its next step on, else of the set-up. */
  readonly setLearningRate: (rate: number) => void
  readonly removeIntervention: (index: number) => void
  readonly importCifar: (files: readonly File[]) => void
  readonly forgetCifar: () => void
  readonly view: (change: Partial<ViewState>) => void
  readonly clearEarlier: () => void
  /**
   * Runs a study, one experiment after the other, in the place of the present run; the set-up and its link stay as they are. Of
   * the same study as before only what is missing is run. Reset, a preset or another link ends it, and what it has stays.
   */
  readonly startStudy: (request: StudyRequest) => void
  readonly stopStudy: () => void
  /** Forgets the results of one kind. */
  readonly clearStudy: (kind: StudyKind) => void
  readonly dismissStudyEnd: () => void
}

/** The whole lab as the page sees it. */
export interface Lab {
  readonly spec: StoreApi<SpecState>
  readonly runs: StoreApi<RunState>
  readonly cifar: StoreApi<CifarState>
  readonly study: StoreApi<StudyState>
  readonly viewState: StoreApi<ViewState>
  readonly series: SeriesStore
  readonly controller: LabController
}
