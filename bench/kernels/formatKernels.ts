import { type Column, formatTable, short } from '../formatTable.ts'
import type { KernelRow } from './KernelRow.ts'

interface Pair {
  readonly direct: KernelRow
  readonly winograd: KernelRow | null
}

const convolution = ({ kernelSize, stride, groups }: KernelRow): string =>
  [
    `${kernelSize}×${kernelSize}`,
    ...(stride === 1 ? [] : [`stride ${stride}`]),
    ...(groups === 1 ? [] : [`${groups} groups`]),
  ].join(', ')

const isSame = (a: KernelRow, b: KernelRow): boolean =>
  a.kernel === b.kernel &&
  a.kernelSize === b.kernelSize &&
  a.stride === b.stride &&
  a.groups === b.groups &&
  a.side === b.side &&
  a.inputChannels === b.inputChannels &&
  a.channels === b.channels

const fasterOf = ({ direct, winograd }: Pair): KernelRow =>
  winograd !== null && winograd.gflops > direct.gflops ? winograd : direct

const chosenOf = ({ direct, winograd }: Pair): KernelRow => (winograd?.isChosen ? winograd : direct)

const share = (row: KernelRow): string => `${((100 * row.gflops) / row.ceilingGflops).toFixed(0)} %`

const columns: readonly Column<Pair>[] = [
  { title: 'convolution', cell: ({ direct }) => convolution(direct), isText: true },
  { title: 'channels', cell: ({ direct }) => `${direct.inputChannels}→${direct.channels}` },
  { title: 'side', cell: ({ direct }) => String(direct.side) },
  { title: 'pass', cell: ({ direct }) => direct.kernel, isText: true },
  { title: 'direct', cell: ({ direct }) => short(direct.gflops) },
  { title: 'Winograd', cell: ({ winograd }) => (winograd === null ? '' : short(winograd.gflops)) },
  { title: 'used', cell: (pair) => chosenOf(pair).method, isText: true },
  { title: 'of ceiling', cell: (pair) => share(chosenOf(pair)) },
  {
    title: '',
    cell: (pair) =>
      fasterOf(pair) === chosenOf(pair)
        ? ''
        : `${fasterOf(pair).method} is ${short(fasterOf(pair).gflops / chosenOf(pair).gflops)} times as fast`,
    isText: true,
  },
]

/** A table for people: GFLOP/s by the direct sum's multiply-adds, and where the rule of `convGeometry` takes the slower method. */
export const formatKernels = (rows: readonly KernelRow[]): string => {
  const pairs = rows
    .filter(({ method }) => method === 'direct')
    .map((direct) => ({
      direct,
      winograd: rows.find((row) => row.method === 'Winograd' && isSame(row, direct)) ?? null,
    }))
  const [first] = rows
  const ceiling = first === undefined ? '' : short(first.ceilingGflops)
  const worst = Math.max(...rows.map(({ difference }) => difference ?? 0))
  return [
    `Kernels alone, batch ${first?.batch}, one thread, GFLOP/s; a plain loop of multiply-adds in WebAssembly: ${ceiling}`,
    formatTable(pairs, columns),
    `The two methods differ by ${worst.toExponential(1)} of the largest value at most.`,
  ].join('\n')
}
