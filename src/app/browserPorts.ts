import type { LinkPort, ScheduleFrame, StoragePort, VisibilityPort } from '../state/labPorts.ts'
import { createPacedFrame } from './pacedFrame.ts'

const addressOf = (hash: string): string => {
  const text = hash.replace(/^#/, '')
  // An empty hash leaves no stray # behind.
  const { pathname, search } = window.location
  return text === '' ? `${pathname}${search}` : `#${text}`
}

/** The address bar's hash. */
export const browserLink: LinkPort = {
  read: () => window.location.hash,
  replace: (hash) => window.history.replaceState(null, '', addressOf(hash)),
  push: (hash) => window.history.pushState(null, '', addressOf(hash)),
  subscribe: (listener) => window.addEventListener('hashchange', () => listener(window.location.hash)),
}

/** localStorage where the browser allows it: what cannot be kept is forgotten. */
export const browserStorage: StoragePort = {
  read: (key) => {
    try {
      return window.localStorage.getItem(key)
    } catch {
      return null
    }
  },
  write: (key, value) => {
    try {
      window.localStorage.setItem(key, value)
    } catch {
      // A private window or a full disk: the view is kept for this visit only.
    }
  },
}

export const browserVisibility: VisibilityPort = {
  subscribe: (listener) =>
    document.addEventListener('visibilitychange', () => listener(document.visibilityState === 'hidden')),
}

/** The next frame, or 250 ms: a hidden page gets no frames but must not fall behind. */
const nextFrame: ScheduleFrame = (callback) => {
  let isDone = false
  const once = (): void => {
    if (isDone) return
    isDone = true
    window.cancelAnimationFrame(frame)
    window.clearTimeout(timer)
    callback()
  }
  const frame = window.requestAnimationFrame(once)
  const timer = window.setTimeout(once, 250)
}

export const browserFrame = createPacedFrame({
  nextFrame,
  later: (callback, ms) => window.setTimeout(callback, ms),
  clock: () => performance.now(),
})
