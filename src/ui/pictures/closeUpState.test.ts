import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCloseUp } from './closeUpState.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const first = { network: 0, part: 1 }
const second = { network: 1, part: 1 }

describe('createCloseUp', () => {
  it('opens for a mouse that rests, not for one that passes', () => {
    const closeUp = createCloseUp()
    const pointed = () => closeUp.store.getState().pointed
    closeUp.point(first)
    vi.advanceTimersByTime(100)
    closeUp.leave()
    vi.advanceTimersByTime(1000)
    expect(pointed()).toBeNull()
    closeUp.point(first)
    vi.advanceTimersByTime(300)
    expect(pointed()).toEqual(first)
  })

  it('lets the mouse cross another block on its way into the close-up, and stay there', () => {
    const closeUp = createCloseUp()
    closeUp.show(first)
    closeUp.leave()
    closeUp.point(second)
    vi.advanceTimersByTime(60)
    closeUp.leave()
    vi.advanceTimersByTime(60)
    closeUp.stay()
    vi.advanceTimersByTime(5000)
    expect(closeUp.store.getState().pointed).toEqual(first)
    closeUp.leave()
    vi.advanceTimersByTime(300)
    expect(closeUp.store.getState().pointed).toBeNull()
  })

  it('keeps what is pinned until it is closed or pressed again', () => {
    const closeUp = createCloseUp()
    closeUp.togglePin(first)
    closeUp.point(second)
    vi.advanceTimersByTime(1000)
    expect(closeUp.store.getState()).toEqual({ pinned: first, pointed: second })
    closeUp.togglePin(second)
    expect(closeUp.store.getState()).toEqual({ pinned: second, pointed: null })
    closeUp.togglePin({ ...second })
    expect(closeUp.store.getState().pinned).toBeNull()
    closeUp.togglePin(first)
    closeUp.close()
    expect(closeUp.store.getState()).toEqual({ pinned: null, pointed: null })
  })
})
