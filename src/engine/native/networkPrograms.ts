import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { combinedOperations } from '../combinedOperations.ts'
import { compileBackward, compileClearing } from './compileBackward.ts'
import {
  type Activations,
  compileForward,
  emitHead,
  type PassMode,
  type StrengthKind,
} from './compileForward.ts'
import { compileKernels, compileUpdate } from './kernelInstructions.ts'
import { layOutMemory, type MemoryLayout } from './memoryLayout.ts'
import { type Program, ProgramBuilder } from './programBuilder.ts'

/** `observe` is `statistics` in which every activation keeps its place, to be looked at. */
export type Pass = PassMode | 'observe'

export interface CompiledPass {
  readonly program: Program
  readonly activations: Activations
}

/** The programs of one network for one layout of its memory. */
export interface NetworkPrograms {
  readonly layout: MemoryLayout
  readonly kernels: Program
  readonly update: Program
  /** Where the activations of passes begin; one pass at a time has them. */
  readonly activationsAt: number
  pass(pass: Pass, strengths: readonly number[]): CompiledPass
}

/** Passes kept for switches that come back. */
const keptPasses = 24

/** Throws where the plan cannot be trained. */
export const createNetworkPrograms = (
  plan: NetworkPlan,
  room: { readonly start: number; readonly capacity: number; readonly threads: number },
): NetworkPrograms => {
  const layout = layOutMemory(plan, room)
  const build = (start: number, write: (builder: ProgramBuilder) => void): Program => {
    const builder = new ProgramBuilder()
    write(builder)
    return builder.build({ ...room, start })
  }
  const kernels = build(layout.end, (builder) => compileKernels(plan, layout, builder))
  const update = build(kernels.end, (builder) => compileUpdate(layout, builder))
  const activationsAt = update.end

  const compile = (pass: Pass, strengths: readonly StrengthKind[]): CompiledPass => {
    const operations = combinedOperations(
      plan,
      strengths.map((kind) => kind !== 'off'),
    )
    const builder = new ProgramBuilder()
    const isTraining = pass === 'train'
    if (isTraining) compileClearing({ memory: layout, builder })
    const mode = pass === 'observe' ? 'statistics' : pass
    const activations = compileForward({ plan, operations, memory: layout, builder, mode })
    if (isTraining) compileBackward({ plan, operations, memory: layout, builder, strengths }, activations)
    else emitHead(layout, builder, operations, activations)
    const program = builder.build({
      ...room,
      start: activationsAt,
      keepsActivations: pass === 'observe',
    })
    return { program, activations }
  }

  const passes = new Map<string, CompiledPass>()
  return {
    layout,
    kernels,
    update,
    activationsAt,
    pass(pass, strengths) {
      const kinds = plan.blocks.map(({ index }) => strengthKind(strengths[index] ?? 0))
      const key = `${pass} ${kinds.map((kind) => kind[0]).join('')}`
      const known = passes.get(key)
      const compiled = known ?? compile(pass, kinds)
      // The one used last stands last.
      passes.delete(key)
      passes.set(key, compiled)
      const [oldest] = passes.keys()
      if (passes.size > keptPasses && oldest !== undefined) passes.delete(oldest)
      return compiled
    },
  }
}

const strengthKind = (strength: number): StrengthKind =>
  strength <= 0 ? 'off' : strength === 1 ? 'whole' : 'fading'

/** Bytes that a network will take while it trains with all shortcuts on, said before any is taken. */
export const plannedBytes = (plan: NetworkPlan, capacity: number, threads: number): number =>
  createNetworkPrograms(plan, { start: 0, capacity, threads }).pass(
    'train',
    plan.blocks.map(() => 1),
  ).program.end
