import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { PreparationStage } from '../../protocol/messages.ts'

/** What is being prepared, in words. */
export const preparationWords = (stage: PreparationStage, fraction: number, spec: ExperimentSpec): string => {
  const percent = Math.floor(fraction * 100)
  switch (stage) {
    case 'loading':
      return 'Loading the engine'
    case 'data':
      return spec.dataset.source === 'cifar10'
        ? `Reading CIFAR-10: ${percent} %`
        : `Drawing images: ${percent} %`
    case 'networks':
      return `Building ${spec.networks.length} networks`
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

/** Steps per second over about the last eight seconds of training: the pace now, not the average with the slow first step. */
export class PaceMeter {
  private samples: Sample[] = []

  /** The pace after one more reading; null before two readings apart. */
  read(steps: number, seconds: number): number | null {
    const last = this.samples.at(-1)
    if (last !== undefined && (steps < last.steps || seconds < last.seconds)) this.samples = []
    if (last === undefined || steps !== last.steps) this.samples.push({ steps, seconds })
    while (this.samples.length > 2 && seconds - (this.samples[1] as Sample).seconds > 8) this.samples.shift()
    const first = this.samples[0]
    const now = this.samples.at(-1)
    if (!first || !now || now.seconds - first.seconds < 0.3) return null
    return (now.steps - first.steps) / (now.seconds - first.seconds)
  }
}
