import { type RefObject, useLayoutEffect, useState } from 'react'

export interface Box {
  readonly width: number
  readonly height: number
  /** Pixels of 1 rem over 16: above 1 on a projector. */
  readonly scale: number
  /** Size of the smallest type, pixels. */
  readonly tinyText: number
}

/** Size of an element's content box, whole pixels, followed as it changes; null before the first layout. */
export const useBox = (ref: RefObject<HTMLElement | null>): Box | null => {
  const [box, setBox] = useState<Box | null>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => {
      const width = element.clientWidth
      const height = element.clientHeight
      const root = getComputedStyle(document.documentElement)
      const rem = Number.parseFloat(root.fontSize)
      const scale = rem / 16
      const tinyText = rem * Number.parseFloat(root.getPropertyValue('--text-tiny'))
      setBox((old) =>
        old?.width === width && old.height === height && old.scale === scale && old.tinyText === tinyText
          ? old
          : { width, height, scale, tinyText },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(document.documentElement)
    return () => observer.disconnect()
  }, [ref])
  return box
}
