import type { LabClient } from '../protocol/labClient.ts'

/** The address bar. */
export interface LinkPort {
  /** The present hash, with or without `#`. */
  readonly read: () => string
  /** Puts a hash there without a new entry in the history and without telling subscribers. */
  readonly replace: (hash: string) => void
  /** Puts a hash there as a new entry, so that the browser's Back brings the one before it back. Tells no subscribers. */
  readonly push: (hash: string) => void
  /** Tells when the visitor opens another hash on this page. */
  readonly subscribe: (listener: (hash: string) => void) => void
}

/** What the browser keeps for this page; may refuse (private windows, full disks). */
export interface StoragePort {
  readonly read: (key: string) => string | null
  readonly write: (key: string, value: string) => void
}

export interface VisibilityPort {
  readonly subscribe: (listener: (hidden: boolean) => void) => void
}

/** Calls back once, before the next frame is drawn or, where no frame comes (a hidden page), soon. */
export type ScheduleFrame = (callback: () => void) => void

/** Everything outside itself that the lab needs. */
export interface LabPorts {
  readonly client: LabClient
  readonly link: LinkPort
  readonly storage: StoragePort
  readonly visibility: VisibilityPort
  readonly scheduleFrame: ScheduleFrame
}
