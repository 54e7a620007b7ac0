import { type Column, formatTable, short } from './formatTable.ts'
import type { GrowthRow, Held } from './GrowthRow.ts'

const inKibibytes = (bytes: number): string => (bytes / 1024).toFixed(0)

const change = (of: (held: Held) => number): Column<GrowthRow>['cell'] => {
  return ({ before, after }) => `${inKibibytes(of(before))} → ${inKibibytes(of(after))}`
}

/** Only what has changed. */
const objects = ({ before, after }: GrowthRow): string =>
  Object.keys(after.counts)
    .flatMap((kind) => {
      const difference = (after.counts[kind] ?? 0) - (before.counts[kind] ?? 0)
      return difference === 0 ? [] : [`${kind} ${difference > 0 ? '+' : ''}${difference}`]
    })
    .join(', ') || 'none'

const columns: readonly Column<GrowthRow>[] = [
  { title: 'after', cell: ({ what, times }) => `${times} ${what}`, isText: true },
  { title: 'ms each', cell: ({ ms }) => short(ms) },
  { title: 'executor says', cell: change(({ deviceBytes }) => deviceBytes) },
  { title: 'textures', cell: change(({ textureBytes }) => textureBytes) },
  { title: 'heap', cell: change(({ heapBytes }) => heapBytes) },
  { title: 'objects more or fewer', cell: objects, isText: true },
]

/** A table for people: what there was before and behind, KiB. */
export const formatGrowth = (rows: readonly GrowthRow[]): string =>
  [
    `What the fused executor leaves behind, ${rows[0]?.label}, batch ${rows[0]?.batch}, KiB:`,
    formatTable(rows, columns),
  ].join('\n')
