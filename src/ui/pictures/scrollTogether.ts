/** Rows that are wider than the screen scroll as one, so that equal stages stay under one another. */
export const scrollTogether = (root: HTMLElement): (() => void) => {
  const scrollers = [...root.querySelectorAll<HTMLElement>('.pictures-scroller')]
  const onScroll = (event: Event) => {
    const source = event.currentTarget
    if (!(source instanceof HTMLElement)) return
    for (const other of scrollers)
      if (other !== source && other.scrollLeft !== source.scrollLeft) other.scrollLeft = source.scrollLeft
  }
  for (const scroller of scrollers) scroller.addEventListener('scroll', onScroll, { passive: true })
  return () => {
    for (const scroller of scrollers) scroller.removeEventListener('scroll', onScroll)
  }
}
