import { costOf } from '../../domain/cost.ts'
import { presetNamed } from '../../domain/presets.ts'
import { formatDuration } from '../common/format.ts'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'

const quickFlops = costOf(presetNamed('quick').spec).totalFlops
/** Runs shorter than this need no advice. */
const patience = 60

/** Where the processor trains, for want of a GPU that is faster, and the run is long: the experiment that suits such a device. */
export const SlowDeviceHint = ({ speed }: { readonly speed: number | null }) => {
  const { controller } = useLab()
  const isOnProcessor = useRuns(
    ({ run }) => run?.device?.backend === 'wasm' || run?.device?.backend === 'cpu',
  )
  const isOwnChoice = useSpec((state) => state.spec.backend !== 'auto')
  const totalFlops = useSpec((state) => costOf(state.spec).totalFlops)
  if (!isOnProcessor || isOwnChoice || speed === null) return null
  if (totalFlops <= 1.5 * quickFlops || totalFlops / speed < patience) return null
  return (
    <>
      No GPU trains here:{' '}
      <button type="button" className="link-button" onClick={() => controller.loadPreset('quick')}>
        quick look, {formatDuration(quickFlops / speed)}
      </button>
    </>
  )
}
