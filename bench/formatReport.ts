import type { BenchReport } from './BenchReport.ts'
import { formatDenormals } from './formatDenormals.ts'
import { formatRows } from './formatRows.ts'
import { formatKernels } from './kernels/formatKernels.ts'
import { formatPage } from './measurePage.ts'

/** Everything that was measured, for people. */
export const formatReport = ({ machine, renderer, rows, kernels, denormals, page }: BenchReport): string => {
  const { processor, cores, system, browser, pytorch, loadBefore } = machine
  return [
    [
      `${processor}, ${cores} cores, ${system}, load ${loadBefore.toFixed(2)} before; ${browser}; ${renderer}`,
      ...(pytorch === null ? [] : [`PyTorch ${pytorch}`]),
    ].join('; '),
    ...(rows.length === 0 ? [] : [formatRows(rows)]),
    ...(kernels.length === 0 ? [] : [formatKernels(kernels)]),
    ...(denormals.length === 0 ? [] : [formatDenormals(denormals)]),
    ...(page === null ? [] : [formatPage(page)]),
  ].join('\n\n')
}
