import type { BenchRow } from './BenchRow.ts'
import { type Column, formatTable, short, shortOrEmpty } from './formatTable.ts'

const trainedBy = ({ executor, backend }: BenchRow): string => {
  switch (executor) {
    case 'stock':
      return `stock tf.layers, ${backend}`
    case 'composed':
      return `tfjs operations, ${backend}`
    case 'native':
      return 'own engine, wasm'
    case 'fused':
      return 'fused shaders, webgl'
    case 'pytorch':
      return 'PyTorch, processor'
    default:
      return executor satisfies never
  }
}

const mebibytes = (bytes: readonly number[]): string =>
  bytes.map((one) => (one / 2 ** 20).toFixed(1)).join(' + ')

const ofDevice = (bytes: number | null): string => (bytes === null ? '' : mebibytes([bytes]))

const columns: readonly Column<BenchRow>[] = [
  { title: 'networks', cell: ({ label }) => label, isText: true },
  { title: 'batch', cell: ({ batch }) => String(batch) },
  { title: 'trained by', cell: trainedBy, isText: true },
  { title: 'threads', cell: ({ threads }) => String(threads) },
  { title: 'ms a step', cell: ({ stepMs }) => short(stepMs) },
  { title: 'best', cell: ({ bestStepMs }) => short(bestStepMs) },
  { title: 'page ms', cell: ({ jsMs }) => shortOrEmpty(jsMs) },
  { title: 'draws', cell: ({ launches }) => (launches === null ? '' : launches.toFixed(0)) },
  { title: 'build', cell: ({ buildMs }) => shortOrEmpty(buildMs) },
  { title: 'first', cell: ({ firstStepMs }) => short(firstStepMs) },
  { title: 'MiB', cell: ({ networkBytes }) => (networkBytes === null ? '' : mebibytes(networkBytes)) },
  { title: 'GPU MiB', cell: ({ deviceBytes }) => ofDevice(deviceBytes) },
  { title: 'others', cell: ({ othersCores }) => othersCores?.toFixed(1) ?? '' },
  { title: '× stock', cell: ({ timesStock }) => shortOrEmpty(timesStock) },
  { title: '× tfjs wasm', cell: ({ timesTfjsWasm }) => shortOrEmpty(timesTfjsWasm) },
  { title: '× PyTorch', cell: ({ timesPytorch }) => shortOrEmpty(timesPytorch) },
  { title: 'as long as one seed', cell: ({ timesOneSeed }) => shortOrEmpty(timesOneSeed) },
]

/** A table for people: one row a contender, times in milliseconds. */
export const formatRows = (rows: readonly BenchRow[]): string => formatTable(rows, columns)
