import { type RefObject, useEffect } from 'react'
import type { NetworkPart } from './blockPieces.ts'
import type { CloseUpState } from './closeUpState.ts'
import { partButtonId } from './partButtonId.ts'

export const focusPart = (network: number, part: NetworkPart): void =>
  document.getElementById(partButtonId(network, part))?.focus()

/** Escape closes it, wherever the focus is; the focus that was inside goes back to the block. */
export const useEscape = (closeUp: CloseUpState, isOpen: boolean): void => {
  useEffect(() => {
    if (!isOpen) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (document.querySelector('dialog[open]') !== null) return
      const wasInside = document.activeElement?.closest('.closeup') ?? null
      const { pinned, pointed } = closeUp.store.getState()
      const target = pinned ?? pointed
      if (wasInside !== null && target !== null) focusPart(target.network, target.part)
      closeUp.close()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [closeUp, isOpen])
}

/** What stays open is wholly in sight; and a sheet over the page does not hide the block that it shows: the page goes up by as much. */
export const useUncovered = (
  closeUp: CloseUpState,
  layer: RefObject<HTMLElement | null>,
  shown: string,
): void => {
  useEffect(() => {
    const target = closeUp.store.getState().pinned
    const element = layer.current
    if (shown === '' || target === null || element === null) return
    if (getComputedStyle(element).position !== 'fixed') {
      // Under many networks it may end below the window.
      element.firstElementChild?.scrollIntoView({ block: 'nearest' })
      return
    }
    const block = document.getElementById(partButtonId(target.network, target.part))
    const covered = (block?.getBoundingClientRect().bottom ?? 0) + 8 - element.getBoundingClientRect().top
    if (covered > 0) scrollBy({ top: covered })
  }, [closeUp, layer, shown])
}
