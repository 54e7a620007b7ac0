/** The device has taken its memory back while work was under way. */
export class DeviceLost extends Error {
  override readonly name = 'DeviceLost'
}

/** What can be lost: the part of an opened backend that matters here. */
export interface Losable {
  isLost(): boolean
  onLost(listener: () => void): () => void
}

export interface AliveGuard {
  /** Settles as the work does, or throws `DeviceLost`. */
  readonly whileAlive: <T>(work: Promise<T>) => Promise<T>
  /** Asks no more. */
  readonly end: () => void
}

/**
 * Guards work on a device: reads from a lost WebGL context never settle, so each piece of work also ends, with `DeviceLost`,
 * when the context is lost. Browsers that forget to tell are asked once in a while.
 */
export const createAliveGuard = (device: Losable, askEveryMs = 1000): AliveGuard => {
  // Not Promise.race with one promise of the loss: that would hold on to every piece of work ever done.
  const underWay = new Set<(error: DeviceLost) => void>()
  let isLost = false
  const lost = (): void => {
    isLost = true
    for (const fail of [...underWay]) fail(new DeviceLost('the graphics device was lost'))
    underWay.clear()
  }
  // The device outlives the run, so the run must let go of it.
  const callOff = device.onLost(lost)
  const timer = setInterval(() => {
    if (device.isLost()) lost()
  }, askEveryMs)

  return {
    whileAlive: (work) =>
      new Promise((resolve, reject) => {
        if (isLost) {
          reject(new DeviceLost('the graphics device was lost'))
          return
        }
        underWay.add(reject)
        const done = (): boolean => underWay.delete(reject)
        work.then(
          (value) => {
            done()
            resolve(value)
          },
          (error) => {
            done()
            reject(error)
          },
        )
      }),
    end: () => {
      clearInterval(timer)
      callOff()
    },
  }
}
