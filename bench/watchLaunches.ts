/** What this page draws, from now on. */
export interface Launches {
  /** Draw calls since the last time that they were taken. */
  take(): number
  /** When this page first set a fence, to wait for what it drew, from a time on; that time where it never did. */
  firstWait(from: number): number
}

export const watchLaunches = (): Launches => {
  let count = 0
  let fences: number[] = []
  const { prototype } = WebGL2RenderingContext
  const { drawArrays, drawElements, fenceSync } = prototype
  prototype.drawArrays = function (...args) {
    count += 1
    drawArrays.apply(this, args)
  }
  prototype.drawElements = function (...args) {
    count += 1
    drawElements.apply(this, args)
  }
  prototype.fenceSync = function (...args) {
    fences.push(performance.now())
    return fenceSync.apply(this, args)
  }
  return {
    take: () => {
      const taken = count
      count = 0
      return taken
    },
    firstWait: (from) => {
      const first = fences.find((time) => time >= from) ?? from
      fences = []
      return first
    },
  }
}
