import type { ConvOperation } from '../../src/domain/networkPlan.ts'
import { initialParameters } from '../../src/domain/parameters.ts'
import { randomStream } from '../../src/domain/random.ts'
import { flatten, parameterLayout } from '../../src/engine/flatLayout.ts'
import { Control, PhaseKind } from '../../src/engine/native/assembly/instructionSet.ts'
import { gradientAt } from '../../src/engine/native/compileForward.ts'
import {
  emitConvolution,
  emitFilterGradient,
  emitInputGradient,
} from '../../src/engine/native/convInstructions.ts'
import { createEngineMemory, type EngineMemory } from '../../src/engine/native/engineMemory.ts'
import { compileKernels } from '../../src/engine/native/kernelInstructions.ts'
import { layOutMemory, type MemoryLayout } from '../../src/engine/native/memoryLayout.ts'
import { type Activation, align } from '../../src/engine/native/placeActivations.ts'
import { type Program, ProgramBuilder } from '../../src/engine/native/programBuilder.ts'
import { startEngine } from '../../src/engine/native/startEngine.ts'
import { chosenMethod, forceMethod, winogradPasses } from './forceMethod.ts'
import type { KernelMethod, KernelPass, KernelShape } from './KernelRow.ts'
import { type KernelSource, shapeOf } from './kernelShapes.ts'

/** One kernel, ready to run over its batch again and again. */
export interface OpenKernel {
  readonly shape: KernelShape
  readonly pass: KernelPass
  readonly method: KernelMethod
  readonly isChosen: boolean
  /** Of one run, as the direct sum counts them. */
  readonly flops: number
  run(times: number): void
  /** What it computes in one run. */
  result(): Float32Array
}

/** Places the kernels of one network's convolutions in a memory of their own, as programs of one instruction each. */
export const openKernels = (
  module: WebAssembly.Module,
  { plan, convs }: KernelSource,
  batch: number,
): readonly OpenKernel[] => {
  const memory = createEngineMemory(false)
  const engine = startEngine(module, memory.memory)
  const room = { start: engine.firstFreeByte(), capacity: batch, threads: 1 }
  const layout = layOutMemory(plan, room)
  let end = layout.end
  const reserve = (bytes: number): number => {
    const at = end
    end = align(end + bytes)
    return at
  }
  const place = (builder: ProgramBuilder): Program => {
    const program = builder.build({ ...room, start: end })
    end = program.end
    memory.ensure(end)
    memory.integers(program.address, program.words.length).set(program.words)
    for (const { address, numbers } of layout.lists.values())
      memory.integers(address, numbers.length).set(numbers)
    return program
  }
  const run = ({ address }: Program, times: number): void => {
    const words = memory.integers(layout.control, Control.size)
    words[Control.images] = batch
    words[Control.threads] = 1
    words[Control.program] = address
    for (let i = 0; i < times; i++) engine.run(layout.control)
  }
  const kernelOf = (
    conv: ConvOperation,
    shape: KernelShape,
    pass: KernelPass,
    method: KernelMethod,
    forced: MemoryLayout,
  ): OpenKernel => {
    const builder = new ProgramBuilder()
    const { inputChannels, outputChannels } = layout.conv(conv.name).geometry
    const input = builder.activation({ side: conv.inputSide, channels: inputChannels })
    const output = builder.activation({ side: conv.outputSide, channels: outputChannels })
    builder.beginPhase(PhaseKind.images)
    const gradient = gradientAt(layout, conv.name)
    if (pass === 'forward') emitConvolution(builder, forced, conv, input, output)
    else if (pass === 'input gradient') emitInputGradient(builder, forced, conv, output, input)
    else emitFilterGradient(builder, forced, conv, input, output, gradient)
    const program = place(builder)
    const read = pass === 'forward' ? [input] : pass === 'input gradient' ? [output] : [input, output]
    for (const activation of read) fill(memory, program, activation, batch)
    const pixels = batch * conv.outputSide ** 2
    return {
      shape,
      pass,
      method,
      isChosen: method === chosenMethod(layout.conv(conv.name).geometry, pass),
      flops: 2 * pixels * conv.kernelSize ** 2 * (conv.inputChannels / conv.groups) * conv.outputChannels,
      run: (times) => run(program, times),
      result: () => {
        if (pass !== 'filter gradient') {
          run(program, 1)
          return interior(memory, program, pass === 'forward' ? output : input, batch)
        }
        const { rows, rowFloats } = layout.parameters.tensor(conv.name)
        // The first of the slices that the batch is divided into stands for all.
        const sums = memory.floats(gradient, rows * rowFloats)
        sums.fill(0)
        run(program, 1)
        return memory.floats(gradient, rows * rowFloats).slice()
      },
    }
  }

  const direct = forceMethod(layout, convs, 'direct', reserve)
  const winograd = forceMethod(layout, convs, 'Winograd', reserve)
  memory.ensure(end)
  const parameters = layout.parameters.pad(flatten(parameterLayout(plan), initialParameters(plan, 1)))
  memory.floats(layout.parametersAt, parameters.length).set(parameters)
  const kernels = new ProgramBuilder()
  compileKernels(plan, winograd, kernels)
  run(place(kernels), 1)

  return convs.flatMap((conv) => {
    const all: readonly KernelPass[] = ['forward', 'input gradient', 'filter gradient']
    const passes = conv.input === 'input' ? all.filter((pass) => pass !== 'input gradient') : all
    const byWinograd = winogradPasses(conv, layout.conv(conv.name).geometry)
    const shape = shapeOf(conv)
    return passes.flatMap((pass) => [
      kernelOf(conv, shape, pass, 'direct', direct),
      ...(byWinograd.includes(pass) ? [kernelOf(conv, shape, pass, 'Winograd', winograd)] : []),
    ])
  })
}

/** Every row of every image without the border of zeros. */
const rowsOf = function* (
  memory: EngineMemory,
  program: Program,
  activation: Activation,
  batch: number,
): Generator<Float32Array> {
  const { base, imageBytes, rowBytes } = program.placeOf(activation)
  const { side, channels } = activation.shape
  for (let image = 0; image < batch; image++)
    for (let row = 0; row < side; row++)
      yield memory.floats(base + image * imageBytes + row * rowBytes, side * channels)
}

const fill = (memory: EngineMemory, program: Program, activation: Activation, batch: number): void => {
  const stream = randomStream(1, `kernel ${activation.id}`)
  for (const row of rowsOf(memory, program, activation, batch))
    for (let i = 0; i < row.length; i++) row[i] = stream.normal()
}

const interior = (
  memory: EngineMemory,
  program: Program,
  activation: Activation,
  batch: number,
): Float32Array => {
  const { side, channels } = activation.shape
  const whole = new Float32Array(batch * side * side * channels)
  let at = 0
  for (const row of rowsOf(memory, program, activation, batch)) {
    whole.set(row, at)
    at += row.length
  }
  return whole
}
