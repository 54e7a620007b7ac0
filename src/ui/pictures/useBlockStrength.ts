import type { StrengthRamps } from '../../domain/interventions.ts'
import type { SeriesStore } from '../../state/lab.ts'
import { meanStrength, strengthsFromKey, strengthsKey } from './shortcutState.ts'
import { stepsTaken } from './trainingErrorAfter.ts'
import { strengthIntervalMs, useSeriesValue } from './useSeriesValue.ts'

/** Mean strength of these blocks' shortcuts now; a plan's at step 0. 1 where there are no blocks: stem and head. */
export const useBlockStrength = (
  series: SeriesStore,
  ramps: StrengthRamps,
  showsRun: boolean,
  blocks: readonly number[],
): number => {
  const key = useSeriesValue(series, strengthIntervalMs, (points) =>
    strengthsKey(ramps, showsRun ? stepsTaken(points) : 0),
  )
  return blocks.length === 0 ? 1 : meanStrength(strengthsFromKey(key), blocks)
}
