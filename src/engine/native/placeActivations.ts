/** Rows and columns of pixels, with the border that every activation has. */
export interface ActivationShape {
  readonly side: number
  /** With padding. */
  readonly channels: number
}

/** An activation of the batch, which lives from its first to its last use; or of a tile, one place a thread. */
export interface Activation {
  readonly id: number
  readonly shape: ActivationShape
  readonly place: 'batch' | 'thread'
}

/** Where an activation lies: see `Operand` of the instruction set. */
export interface ActivationPlace {
  readonly base: number
  readonly threadBytes: number
  readonly imageBytes: number
  readonly rowBytes: number
}

/** What one instruction reads and writes, a tile of so many images at a time. */
export interface ActivationUse {
  readonly activations: readonly Activation[]
  readonly tileImages: number
}

/** Where activations may lie. */
export interface ActivationRoom {
  readonly start: number
  /** Images of the largest batch. */
  readonly capacity: number
  readonly threads: number
  /** Whether every activation keeps its place to the end, to be looked at. */
  readonly keepsActivations?: boolean
}

const floatBytes = 4
const alignment = 64

export const align = (address: number): number => Math.ceil(address / alignment) * alignment

/** Behind each row stands one pixel of zeros, behind each image one row of zeros. */
export const rowBytesOf = ({ side, channels }: ActivationShape): number => (side + 1) * channels * floatBytes
export const imageBytesOf = (shape: ActivationShape): number => (shape.side + 1) * rowBytesOf(shape)

const keyOf = ({ shape, place }: Activation): string => `${place}/${shape.side}/${shape.channels}`

/**
 * Finds a place for every activation, from `start` on. Activations of one shape take the same place one after the other: so its border
 * of zeros is never written, and since every image has the same place in all of them, it does not matter that the instructions
 * of a phase take turns from tile to tile.
 */
export const placeActivations = (
  uses: readonly ActivationUse[],
  { start, capacity, threads, keepsActivations = false }: ActivationRoom,
): { readonly end: number; readonly places: ReadonlyMap<number, ActivationPlace> } => {
  const lastUse = new Map<number, number>()
  const tileImages = new Map<string, number>()
  uses.forEach(({ activations, tileImages: images }, index) => {
    for (const activation of activations) {
      lastUse.set(activation.id, index)
      tileImages.set(keyOf(activation), Math.max(images, tileImages.get(keyOf(activation)) ?? 0))
    }
  })

  let end = align(start)
  const reserve = (activation: Activation): ActivationPlace => {
    const { shape, place } = activation
    const rowBytes = rowBytesOf(shape)
    const imageBytes = imageBytesOf(shape)
    const images = place === 'batch' ? capacity : (tileImages.get(keyOf(activation)) ?? 1)
    // Before the first image a row and a pixel of zeros; behind the last one what a tile of 4×4 pixels may reach beyond it.
    const before = align(rowBytes + shape.channels * floatBytes)
    const bytes = align(before + images * imageBytes + 2 * rowBytes)
    const base = end + before
    end += bytes * (place === 'thread' ? threads : 1)
    return { base, threadBytes: place === 'thread' ? bytes : 0, imageBytes, rowBytes }
  }

  const places = new Map<number, ActivationPlace>()
  const free = new Map<string, ActivationPlace[]>()
  uses.forEach(({ activations }, index) => {
    for (const activation of activations) {
      if (places.has(activation.id)) continue
      places.set(activation.id, free.get(keyOf(activation))?.pop() ?? reserve(activation))
    }
    if (keepsActivations) return
    // Not before all have a place: an instruction may read a neighbour of what it has just written.
    for (const activation of new Set(activations)) {
      const place = places.get(activation.id)
      if (place === undefined || lastUse.get(activation.id) !== index) continue
      free.set(keyOf(activation), [...(free.get(keyOf(activation)) ?? []), place])
    }
  })
  return { end, places }
}
