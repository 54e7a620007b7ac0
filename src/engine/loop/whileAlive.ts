/** The device has taken its memory back while work was under way. */
export class DeviceLost extends Error {
  override readonly name = 'DeviceLost'
}

/** What can be lost: the part of an opened backend that matters here. */
export interface Losable {
  isLost(): boolean
  onLost(listener: () => void): void
}

/**
 * Guards work on a device: reads from a lost WebGL context never settle, so each piece of work also ends, with `DeviceLost`,
 * when the context is lost. Browsers that forget to tell are asked once in a while.
 */
export const createAliveGuard = (
  device: Losable,
  askEveryMs = 1000,
): { readonly whileAlive: <T>(work: Promise<T>) => Promise<T>; readonly end: () => void } => {
  let timer: ReturnType<typeof setInterval> | undefined
  const lost = new Promise<never>((_, reject) => {
    const tell = (): void => reject(new DeviceLost('the graphics device was lost'))
    device.onLost(tell)
    timer = setInterval(() => {
      if (device.isLost()) tell()
    }, askEveryMs)
  })
  // Nobody may be waiting when it happens.
  lost.catch(() => {})
  return {
    whileAlive: (work) => Promise.race([work, lost]),
    end: () => clearInterval(timer),
  }
}
