import type { BenchRow, LeftOut } from './BenchRow.ts'
import type { GrowthRow } from './GrowthRow.ts'
import type { KernelRow } from './kernels/KernelRow.ts'
import type { FusedKernelReport } from './kernels/measureFusedKernels.ts'
import type { DenormalRow } from './measureDenormals.ts'
import type { PageReport } from './measurePage.ts'

/** What ran where. What was not asked for is empty. */
export interface BenchReport {
  readonly machine: {
    readonly processor: string
    readonly cores: number
    readonly system: string
    readonly browser: string
    /** Null where it was left out. */
    readonly pytorch: string | null
    /** Processes that wanted to run in the minute before, on average: what else the machine had to do. */
    readonly loadBefore: number
    readonly date: string
  }
  /** Of WebGL. */
  readonly renderer: string
  readonly rows: readonly BenchRow[]
  /** Who was to be measured and gave up, in networks or in growth. */
  readonly leftOut: readonly LeftOut[]
  readonly kernels: readonly KernelRow[]
  /** Of the loops in GLSL that the fused kernels are held against. */
  readonly glslCeilings: FusedKernelReport['ceilings']
  readonly growth: readonly GrowthRow[]
  readonly denormals: readonly DenormalRow[]
  readonly page: PageReport | null
  readonly defaultExperimentSeconds: number | null
}
