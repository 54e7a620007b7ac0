import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { NormSaved } from '../ops/norm.ts'

/** What a forward pass keeps for the backward pass besides activations; disposed on the way back. */
export interface PassSaved {
  /** By the normalisation's name. */
  readonly norms: Map<string, NormSaved>
  /** Dropout masks by the name of the operation's output. */
  readonly masks: Map<string, Tensor4D>
}

export const disposeNormSaved = (norms: Map<string, NormSaved>, name: string): void => {
  const saved = norms.get(name)
  saved?.centred.dispose()
  saved?.inverseDeviation.dispose()
  norms.delete(name)
}
