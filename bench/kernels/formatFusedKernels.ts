import { type Column, formatTable, short } from '../formatTable.ts'
import type { KernelRow } from './KernelRow.ts'
import type { FusedKernelReport, GlslCeiling } from './measureFusedKernels.ts'

const columns: readonly Column<KernelRow>[] = [
  { title: 'channels', cell: ({ inputChannels, channels }) => `${inputChannels}→${channels}` },
  { title: 'side', cell: ({ side }) => String(side) },
  { title: 'pass', cell: ({ kernel }) => kernel, isText: true },
  { title: 'draws', cell: ({ launches }) => String(launches ?? '') },
  { title: 'GFLOP/s', cell: ({ gflops }) => short(gflops) },
  { title: 'best', cell: ({ bestGflops }) => short(bestGflops) },
  {
    title: 'of ceiling',
    cell: ({ gflops, ceilingGflops }) => `${((100 * gflops) / ceilingGflops).toFixed(0)} %`,
  },
]

const fastest = (ceilings: readonly GlslCeiling[]): GlslCeiling | undefined =>
  ceilings.toSorted((a, b) => b.gflops - a.gflops)[0]

const wordsFor = (ceiling: GlslCeiling | undefined): string => {
  if (ceiling === undefined) return 'unknown'
  const { gflops, vectors } = ceiling
  return `${short(gflops)} GFLOP/s (${vectors} at a time)`
}

/** A table for people, below what a plain loop of the same products gives on the same device. */
export const formatFusedKernels = ({ ceilings, rows }: FusedKernelReport): string => {
  const fromUniform = fastest(ceilings.filter(({ matrix }) => matrix === 'uniform'))
  return [
    `Products of a 4×4 matrix and a vector in GLSL, nothing else: ${wordsFor(fastest(ceilings))}; of a matrix from a uniform: ${wordsFor(fromUniform)}`,
    ...(rows.length === 0
      ? []
      : [
          `Fused 3×3 convolutions alone, batch ${rows[0]?.batch}, ${rows[0]?.networks} networks:`,
          formatTable(rows, columns),
        ]),
  ].join('\n')
}
