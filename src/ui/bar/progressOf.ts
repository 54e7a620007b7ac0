import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { PreparationStage } from '../../protocol/messages.ts'
import type { Preparation } from '../../state/lab.ts'
import { formatBytes } from '../common/format.ts'

/** What is being prepared, in words; of the networks also the memory that they will take, where it is known. */
export const preparationWords = ({ stage, fraction, bytes }: Preparation, spec: ExperimentSpec): string => {
  const percent = Math.floor(fraction * 100)
  switch (stage) {
    case 'loading':
      return 'Loading the engine'
    case 'data':
      return spec.dataset.source === 'cifar10'
        ? `Reading CIFAR-10: ${percent} %`
        : `Drawing images: ${percent} %`
    case 'networks':
      return `Building ${spec.networks.length} networks${bytes === null ? '' : `, ${formatBytes(bytes)}`}`
    case 'shaders':
      return `Compiling shaders: ${percent} %`
    case 'first-step':
      return 'Compiling, first step'
    default:
      return stage satisfies never
  }
}

/** The same as a sentence of its own. */
export const preparationSentence = (stage: PreparationStage, spec: ExperimentSpec): string => {
  switch (stage) {
    case 'loading':
      return 'Loading the engine.'
    case 'data':
      return spec.dataset.source === 'cifar10'
        ? 'Reading your CIFAR-10.'
        : `Drawing ${spec.dataset.trainingImages + spec.dataset.validationImages} images.`
    case 'networks':
      return 'Building the networks and comparing their initial weights.'
    case 'shaders':
      return 'Compiling shaders, the programs of the graphics card.'
    case 'first-step':
      return 'Compiling: the first step takes longest.'
    default:
      return stage satisfies never
  }
}

interface Sample {
  readonly steps: number
  readonly seconds: number
}

/** Steps per second: of late, and since the first step was known. */
export interface Pace {
  readonly now: number
  /** What a time left is best told from: evaluations and pauses of the machine are spread over it. */
  readonly average: number
}

const windowSeconds = 10

/** Measures the pace from readings of steps and training time; the slow first step, which compiles, is left out. */
export class PaceMeter {
  private first: Sample | null = null
  private recent: Sample[] = []

  /** The pace after one more reading; null before two readings apart. */
  read(steps: number, seconds: number): Pace | null {
    const last = this.recent.at(-1)
    if (last !== undefined && (steps < last.steps || seconds < last.seconds)) {
      this.first = null
      this.recent = []
    }
    if (steps > 0 && steps !== this.recent.at(-1)?.steps) this.recent.push({ steps, seconds })
    this.first ??= this.recent[0] ?? null
    while (this.recent.length > 2 && seconds - (this.recent[1]?.seconds ?? 0) > windowSeconds)
      this.recent.shift()
    const [start, end] = [this.recent[0], this.recent.at(-1)]
    if (this.first === null || !start || !end || end.seconds - start.seconds < 0.3) return null
    return { now: rate(start, end), average: rate(this.first, end) }
  }
}

const rate = (from: Sample, to: Sample): number => (to.steps - from.steps) / (to.seconds - from.seconds)
