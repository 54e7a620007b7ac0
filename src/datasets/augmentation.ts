import { randomStream } from '../domain/random.ts'

/** How each image of a batch is moved; the executor does it. */
export interface AugmentationDraws {
  /** Rows and columns by which the image moves down and right, −side/8 … side/8; zeros enter. */
  readonly rowShifts: Int8Array
  readonly columnShifts: Int8Array
  /** 1 where the image is mirrored left to right. */
  readonly flips: Uint8Array
}

/**
 * Random crop of a zero-padded image and horizontal flip (He et al. 2015, section 4.2: 4 pixels at side 32). `step` counts
 * from 0 as in `BatchOrder`; each step has a stream of its own, so the draws do not depend on what was asked before.
 */
export const drawAugmentation = (
  step: number,
  batchSize: number,
  side: number,
  seed: number,
): AugmentationDraws => {
  const stream = randomStream(seed, `augmentation/${step}`)
  const reach = Math.floor(side / 8)
  const rowShifts = new Int8Array(batchSize)
  const columnShifts = new Int8Array(batchSize)
  const flips = new Uint8Array(batchSize)
  for (let i = 0; i < batchSize; i++) {
    rowShifts[i] = stream.integer(2 * reach + 1) - reach
    columnShifts[i] = stream.integer(2 * reach + 1) - reach
    flips[i] = stream.integer(2)
  }
  return { rowShifts, columnShifts, flips }
}
