import { describe, expect, it } from 'vitest'
import { createPacedFrame } from './pacedFrame.ts'

/** A screen whose frames take `frameMs` where nothing was drawn, and `drawMs` longer where something was. */
const openScreen = (drawMs: number, frameMs = 16) => {
  let now = 0
  let isDirty = false
  const waiting: { at: number; callback: () => void }[] = []
  const wait = (ms: number, callback: () => void): void => {
    waiting.push({ at: now + ms, callback })
  }
  const paced = createPacedFrame({
    nextFrame: (callback) => {
      wait(frameMs + (isDirty ? drawMs : 0), callback)
      isDirty = false
    },
    later: (callback, ms) => wait(ms, callback),
    clock: () => now,
  })
  const draws: number[] = []
  /** Something to draw at all times, for so long. */
  const run = (ms: number): void => {
    const again = (): void =>
      paced(() => {
        draws.push(now)
        isDirty = true
        again()
      })
    again()
    while (now < ms) {
      const next = waiting.sort((a, b) => a.at - b.at).shift()
      if (next === undefined) break
      now = next.at
      next.callback()
    }
  }
  return { draws, run }
}

describe('frames at the pace of the device', () => {
  it('come one after the other where drawing takes no time', () => {
    const { draws, run } = openScreen(0)
    run(1000)
    expect(draws.length).toBeGreaterThan(25)
  })

  it('leave most of the time to others where drawing takes long', () => {
    const { draws, run } = openScreen(60)
    run(10_000)
    expect(draws.length).toBeGreaterThan(20)
    expect(draws.length * 60).toBeLessThan(0.3 * 10_000)
  })

  it('never stop, however long one takes', () => {
    const { draws, run } = openScreen(3000)
    run(40_000)
    expect(draws.length).toBeGreaterThan(10)
  })
})
