/**
 * Places for things `gap` apart, between `low` and `high` where they fit there, each near its wish; in the order of the wishes given.
 * Neighbours that collide move down, and what that pushes past the end moves back up.
 */
export const spreadApart = (
  wishes: readonly number[],
  gap: number,
  low: number,
  high: number,
): readonly number[] => {
  const sorted = wishes.map((wish, index) => ({ wish, index, place: wish })).sort((a, b) => a.wish - b.wish)
  let floor = low
  for (const item of sorted) {
    item.place = Math.max(item.wish, floor)
    floor = item.place + gap
  }
  let ceiling = Math.max(high, low + gap * (sorted.length - 1))
  for (const item of [...sorted].reverse()) {
    item.place = Math.min(item.place, ceiling)
    ceiling = item.place - gap
  }
  const places = wishes.map(() => 0)
  for (const { index, place } of sorted) places[index] = place
  return places
}
