import { type Column, formatTable, short } from './formatTable.ts'
import type { DenormalRow } from './measureDenormals.ts'

const columns: readonly Column<DenormalRow>[] = [
  {
    title: 'trained by',
    cell: ({ executor }) => (executor === 'native' ? 'own engine' : 'tfjs wasm'),
    isText: true,
  },
  { title: 'denormal', cell: ({ what }) => what, isText: true },
  { title: 'ms a step', cell: ({ stepMs }) => short(stepMs) },
  { title: 'ordinary', cell: ({ ordinaryMs }) => short(ordinaryMs) },
  { title: 'times', cell: ({ timesOrdinary }) => short(timesOrdinary) },
]

export const formatDenormals = (rows: readonly DenormalRow[]): string =>
  [
    `Numbers so small that they lose digits, plain-${rows[0]?.depth}, one thread:`,
    formatTable(rows, columns),
  ].join('\n')
