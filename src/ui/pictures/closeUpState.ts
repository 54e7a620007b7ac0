import { createStore } from 'zustand/vanilla'
import type { NetworkPart } from './blockPieces.ts'

/** One part of one network. A block that is folded with others is named by the first of them. */
export interface CloseUpTarget {
  readonly network: number
  readonly part: NetworkPart
}

export interface CloseUps {
  /** What is pointed at, or has the focus. */
  readonly pointed: CloseUpTarget | null
  /** What stays open until it is closed. */
  readonly pinned: CloseUpTarget | null
}

/** Who only clicks, or passes by, is not covered up. */
const openMs = 300
/** Passing over other blocks on the way to the close-up does not change it. */
const moveMs = 120
const leaveMs = 250

export const sameTarget = (a: CloseUpTarget | null, b: CloseUpTarget | null): boolean =>
  a?.network === b?.network && a?.part === b?.part

/** Which close-up is open. A mouse has time to move from a block into its close-up. */
export const createCloseUp = () => {
  const store = createStore<CloseUps>(() => ({ pointed: null, pinned: null }))
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (pointed: CloseUpTarget | null): void => {
    clearTimeout(timer)
    store.setState({ pointed })
  }
  const showAfter = (ms: number, pointed: CloseUpTarget | null): void => {
    clearTimeout(timer)
    timer = setTimeout(() => show(pointed), ms)
  }
  return {
    store,
    /** The mouse has come to it. */
    point: (target: CloseUpTarget) => showAfter(store.getState().pointed === null ? openMs : moveMs, target),
    /** The focus or a finger has come to it. */
    show,
    leave: () => showAfter(leaveMs, null),
    /** The mouse or the focus is inside the close-up. */
    stay: () => clearTimeout(timer),
    togglePin: (target: CloseUpTarget) => {
      clearTimeout(timer)
      store.setState(({ pinned }) =>
        sameTarget(pinned, target) ? { pointed: null, pinned: null } : { pointed: null, pinned: target },
      )
    },
    close: () => {
      clearTimeout(timer)
      store.setState({ pointed: null, pinned: null })
    },
  }
}

export type CloseUpState = ReturnType<typeof createCloseUp>
