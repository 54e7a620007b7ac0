/**
 * Moves labels apart so that none overlaps another and all stay between `top` and `bottom`, each as near to its wish as that
 * allows: neighbours that collide form a group which stands around the mean of its wishes. Returns centres, in the order given.
 */
export const spreadLabels = (
  wishes: readonly number[],
  height: number,
  top: number,
  bottom: number,
): readonly number[] => {
  const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0) || a - b)
  const low = top + height / 2
  const groups: { start: number; members: number[] }[] = []
  for (const index of order) {
    groups.push({ start: wishes[index] ?? 0, members: [index] })
    for (;;) {
      const last = groups.at(-1)
      const before = groups.at(-2)
      if (last === undefined) break
      const highest = Math.max(low, bottom - height / 2 - (last.members.length - 1) * height)
      last.start = Math.min(highest, Math.max(low, last.start))
      if (before === undefined || before.start + before.members.length * height <= last.start) break
      groups.length -= 2
      const members = [...before.members, ...last.members]
      const wishedStart =
        members.reduce((sum, member, place) => sum + (wishes[member] ?? 0) - place * height, 0) /
        members.length
      groups.push({ start: wishedStart, members })
    }
  }
  const centres: number[] = wishes.map(() => 0)
  for (const { start, members } of groups)
    members.forEach((member, place) => {
      centres[member] = start + place * height
    })
  return centres
}
