/**
 * Images of one split, ready to train on: NHWC, each channel standardised by the training split's mean and deviation.
 */
export interface ImageSet {
  /** [count, side, side, channels], row by row. */
  readonly images: Float32Array
  /** Class of each image, 0 … classes − 1. */
  readonly labels: Int32Array
  readonly count: number
  readonly side: number
  readonly channels: number
}

export interface Dataset {
  readonly training: ImageSet
  readonly validation: ImageSet
  readonly classNames: readonly string[]
}

/** Images as bytes, NHWC, 0 … 255: what generators and readers give before standardisation, and what is kept and shown. */
export interface ByteImages {
  readonly pixels: Uint8Array
  readonly labels: Uint8Array
  readonly count: number
  readonly side: number
  readonly channels: number
}

/** Called with 0 … 1 while something long goes on. May be asynchronous, to let messages in. */
export type ReportProgress = (fraction: number) => void | Promise<void>
