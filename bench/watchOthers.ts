import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Of the kernel's clock that /proc counts in. */
const ticksPerSecond = 100

/** What a line of /proc/…/stat says behind the name of the program, which may hold anything. */
const fieldsOf = (stat: string): readonly string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ')

/** Ticks that all processors were busy since the machine started. */
const busyTicks = (): number => {
  const [user, nice, system, , , interrupts, softInterrupts, stolen] = (
    readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  )
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return [user, nice, system, interrupts, softInterrupts, stolen].reduce<number>(
    (sum, ticks) => sum + (ticks ?? 0),
    0,
  )
}

/** Those of this program and all that it started. */
const ownTicks = (): number => {
  const parents = new Map<number, number>()
  const used = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const id = Number(name)
    if (!Number.isInteger(id)) continue
    try {
      const fields = fieldsOf(readFileSync(`/proc/${name}/stat`, 'utf8'))
      parents.set(id, Number(fields[1]))
      used.set(id, Number(fields[11]) + Number(fields[12]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOwn = (id: number): boolean => {
    for (let at: number | undefined = id; at !== undefined && at > 1; at = parents.get(at))
      if (at === process.pid) return true
    return false
  }
  return [...used].reduce((sum, [id, ticks]) => (isOwn(id) ? sum + ticks : sum), 0)
}

/** Begins to watch; the function gives how many cores other programs have used since, on average; null where that cannot be told. */
export const watchOthers = (): (() => number | null) => {
  if (!existsSync('/proc/stat')) return () => null
  const before = busyTicks() - ownTicks()
  const start = performance.now()
  return () => {
    const seconds = (performance.now() - start) / 1000
    return Math.max(0, (busyTicks() - ownTicks() - before) / ticksPerSecond / seconds)
  }
}
