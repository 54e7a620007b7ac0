import type { BenchReport } from './BenchReport.ts'
import type { LeftOut } from './BenchRow.ts'
import { formatDenormals } from './formatDenormals.ts'
import { formatGrowth } from './formatGrowth.ts'
import { formatRows } from './formatRows.ts'
import { formatFusedKernels } from './kernels/formatFusedKernels.ts'
import { formatKernels } from './kernels/formatKernels.ts'
import { formatPage } from './measurePage.ts'

const formatLeftOut = ({ label, batch, executor, backend, reason }: LeftOut): string =>
  `Not measured: ${label}, batch ${batch}, ${executor} on ${backend}: ${reason}`

/** Everything that was measured, for people. */
export const formatReport = (report: BenchReport): string => {
  const { machine, renderer, rows, leftOut, kernels, glslCeilings, growth, denormals, page } = report
  const { processor, cores, system, browser, pytorch, loadBefore } = machine
  const native = kernels.filter(({ executor }) => executor === 'native')
  const fused = kernels.filter(({ executor }) => executor === 'fused')
  return [
    [
      `${processor}, ${cores} cores, ${system}, load ${loadBefore.toFixed(2)} before; ${browser}; ${renderer}`,
      ...(pytorch === null ? [] : [`PyTorch ${pytorch}`]),
    ].join('; '),
    ...(rows.length === 0 ? [] : [formatRows(rows)]),
    ...(leftOut.length === 0 ? [] : [leftOut.map(formatLeftOut).join('\n')]),
    ...(native.length === 0 ? [] : [formatKernels(native)]),
    ...(glslCeilings.length === 0 ? [] : [formatFusedKernels({ ceilings: glslCeilings, rows: fused })]),
    ...(denormals.length === 0 ? [] : [formatDenormals(denormals)]),
    ...(growth.length === 0 ? [] : [formatGrowth(growth)]),
    ...(page === null ? [] : [formatPage(page)]),
  ].join('\n\n')
}
