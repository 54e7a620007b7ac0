import { concat, type Tensor1D } from '@tensorflow/tfjs-core'
import type { Measurement } from '../executor.ts'

/** Measurements of steps, kept on the device until they are read together. */
export interface MeasurementLog {
  /** Loss and error of each network in one step, [2] each; taken over. */
  append(ofNetworks: readonly Tensor1D[]): void
  read(): Promise<readonly (readonly Measurement[])[]>
  dispose(): void
}

export const createMeasurementLog = (networks: number): MeasurementLog => {
  let pending: Tensor1D[] = []
  return {
    append(ofNetworks) {
      pending.push(...ofNetworks)
    },
    async read() {
      const tensors = pending
      pending = []
      if (tensors.length === 0) return []
      const joined = concat(tensors)
      for (const tensor of tensors) tensor.dispose()
      const values = await joined.data()
      joined.dispose()
      return Array.from({ length: tensors.length / networks }, (_, step) =>
        Array.from({ length: networks }, (_, network) => {
          const at = 2 * (step * networks + network)
          return { loss: values[at] ?? Number.NaN, error: values[at + 1] ?? Number.NaN }
        }),
      )
    },
    dispose() {
      for (const tensor of pending) tensor.dispose()
      pending = []
    },
  }
}
