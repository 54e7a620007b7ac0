import type { Buffer, Launch } from './launch.ts'

/** Which texture each buffer lies in while a pass runs. */
export type Placement = ReadonlyMap<Buffer, number>

/**
 * Textures that buffers share. Passes run one after the other, so each may use all of them; within a pass a texture serves the next
 * buffer of its size as soon as nobody will read the last one.
 */
export class SharedTextures {
  /** A buffer of the size of each texture. */
  readonly textures: Buffer[] = []
  private readonly ofSize = new Map<string, number[]>()

  /** `results` are read when the pass is over. */
  place(launches: readonly Launch[], results: readonly Buffer[]): Placement {
    const lastUse = lastUses(launches, results)
    const free = new Map([...this.ofSize].map(([size, all]) => [size, [...all]]))
    const placement = new Map<Buffer, number>()
    for (const [index, { inputs, outputs }] of launches.entries()) {
      for (const buffer of outputs)
        if (!buffer.isKept && !placement.has(buffer))
          placement.set(buffer, free.get(sizeOf(buffer))?.pop() ?? this.append(buffer))
      for (const buffer of new Set([...Object.values(inputs), ...outputs])) {
        const texture = placement.get(buffer)
        if (texture === undefined || lastUse.get(buffer) !== index) continue
        const size = sizeOf(buffer)
        free.set(size, [...(free.get(size) ?? []), texture])
      }
    }
    return placement
  }

  private append(buffer: Buffer): number {
    const texture = this.textures.push(buffer) - 1
    const size = sizeOf(buffer)
    this.ofSize.set(size, [...(this.ofSize.get(size) ?? []), texture])
    return texture
  }
}

const lastUses = (launches: readonly Launch[], results: readonly Buffer[]): ReadonlyMap<Buffer, number> => {
  const lastUse = new Map<Buffer, number>()
  for (const [index, { inputs, outputs }] of launches.entries())
    for (const buffer of [...Object.values(inputs), ...outputs]) lastUse.set(buffer, index)
  for (const buffer of results) lastUse.set(buffer, launches.length)
  return lastUse
}

const sizeOf = ({ width, height, layers }: Buffer): string => `${width}×${height}×${layers}`
