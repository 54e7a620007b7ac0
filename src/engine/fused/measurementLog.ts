import type { Measurement } from '../executor.ts'
import type { FusedDevice } from './fusedDevice.ts'
import type { NetworkGroup } from './networkGroup.ts'
import { logColumns } from './passPlanner.ts'

/** What steps measured, kept on the device until somebody reads it. */
export class MeasurementLog {
  /** Images of each step that is on the device. */
  private sizes: number[] = []
  private taken: (readonly Measurement[])[] = []

  constructor(
    private readonly device: FusedDevice,
    private readonly groups: readonly NetworkGroup[],
  ) {}

  /** Column of the next step. */
  get column(): number {
    return this.sizes.length
  }

  get isFull(): boolean {
    return this.sizes.length === logColumns
  }

  append(images: number): void {
    this.sizes.push(images)
  }

  /** Takes everything off the device. A network whose state holds what is no finite number says so by its last loss. */
  async fetch(): Promise<void> {
    const { sizes } = this
    if (sizes.length === 0) return
    this.sizes = []
    const requested = []
    for (const group of this.groups)
      requested.push({
        group,
        log: group.requestLog('log', sizes.length),
        broken: await group.requestBroken(),
      })
    await this.device.readback.finish()
    const rows: Measurement[][] = sizes.map(() => [])
    for (const { group, log, broken } of requested)
      group.members.forEach((network, member) => {
        const columns = broken.length / group.members.length
        const isBroken = broken.subarray(member * columns, (member + 1) * columns).some((value) => value > 0)
        rows.forEach((row, step) => {
          const at = 4 * (member * sizes.length + step)
          const size = isBroken && step === sizes.length - 1 ? Number.NaN : (sizes[step] ?? Number.NaN)
          row[network] = {
            loss: (log[at] ?? Number.NaN) / size,
            error: (100 * (log[at + 1] ?? Number.NaN)) / size,
          }
        })
      })
    this.taken.push(...rows)
  }

  /** Everything since the last time, oldest first, by network. */
  async take(): Promise<readonly (readonly Measurement[])[]> {
    await this.fetch()
    const rows = this.taken
    this.taken = []
    return rows
  }
}
