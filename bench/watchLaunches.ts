/** What this page draws, from now on. */
export interface Launches {
  /** Draws since the last time that they were taken, copies on the device among them. */
  take(): number
  /** When this page first set a fence, to wait for what it drew, from a time on; that time where it never did. */
  firstWait(from: number): number
}

/** Every call that has the device write to a texture or buffer what it computed or copied. */
const launching = [
  'drawArrays',
  'drawElements',
  'drawArraysInstanced',
  'drawElementsInstanced',
  'drawRangeElements',
  'blitFramebuffer',
  'copyTexImage2D',
  'copyTexSubImage2D',
  'copyTexSubImage3D',
  'copyBufferSubData',
] as const

type Method = (this: unknown, ...args: unknown[]) => unknown

export const watchLaunches = (): Launches => {
  let count = 0
  let fences: number[] = []
  const before = (name: string, hear: () => void): void => {
    const methods = WebGL2RenderingContext.prototype as unknown as Record<string, Method>
    const method = methods[name]
    if (method === undefined) throw new Error(`WebGL 2 has no ${name}.`)
    methods[name] = function (...args) {
      hear()
      return method.apply(this, args)
    }
  }
  for (const name of launching)
    before(name, () => {
      count += 1
    })
  before('fenceSync', () => fences.push(performance.now()))
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
