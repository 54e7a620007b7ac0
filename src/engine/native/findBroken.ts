import type { Activations } from './compileForward.ts'
import type { EngineMemory } from './engineMemory.ts'
import type { MemoryLayout } from './memoryLayout.ts'
import type { Program } from './programBuilder.ts'

/** Where a network first held what is no finite number; nothing where it cannot be told. */
export interface Broken {
  readonly brokenAt?: string
}

const isBroken = (values: Float32Array): boolean => values.some((value) => !Number.isFinite(value))

export const findBroken = {
  /** After a pass that kept all activations: the first of them. */
  inActivations: (
    memory: EngineMemory,
    activations: Activations,
    program: Program,
    images: number,
  ): Broken => {
    for (const [name, activation] of activations) {
      const { base, imageBytes } = program.placeOf(activation)
      if (isBroken(memory.floats(base, (images * imageBytes) / 4))) return { brokenAt: name }
    }
    return { brokenAt: 'head.dense' }
  },
  /** After an update: the tensor whose gradient broke first on the way back, else the first parameter that did. */
  inUpdate: (
    { parameters, parametersAt }: MemoryLayout,
    gradient: Float32Array,
    memory: EngineMemory,
  ): Broken => {
    const values = memory.floats(parametersAt, parameters.size)
    const of = (vector: Float32Array) =>
      parameters.tensors.filter(({ offset, rows, rowFloats }) =>
        isBroken(vector.subarray(offset, offset + rows * rowFloats)),
      )
    const first = of(gradient).at(-1) ?? of(values)[0]
    return first === undefined ? {} : { brokenAt: first.name }
  },
}
