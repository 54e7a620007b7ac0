/** What kind of shortcut a block has (He et al. 2015, section 3.3; `none` is the plain network). */
export type ShortcutType = 'none' | 'A' | 'B' | 'C'

export const shortcutTypes: readonly ShortcutType[] = ['none', 'A', 'B', 'C']

/**
 * One network, completely: everything that decides its layers and its parameters' shapes.
 * `planLayers` is the only place that expands it.
 */
export interface NetworkSpec {
  readonly shortcut: ShortcutType
  /** n of the paper's 6n + 2 layers (He et al. 2015, section 4.2). */
  readonly blocksPerStage: number
  /** Filters of the first stage; the second has twice, the third four times as many. */
  readonly width: number
  /** Side of the square input, pixels. */
  readonly imageSize: number
  /** Channels of the input image. */
  readonly channels: number
  readonly classes: number
}

/** Weighted layers on the main path: 6n + 2 (He et al. 2015, section 4.2). */
export const depthOf = (blocksPerStage: number): number => 6 * blocksPerStage + 2

/** n of 6n + 2; not an integer where the depth is not of that form. */
export const blocksPerStageOf = (depth: number): number => (depth - 2) / 6

/** Blocks of all three stages. */
export const blockCountOf = (depth: number): number => 3 * blocksPerStageOf(depth)

/** The depths of the paper's form nearest to a wished one, for messages. */
export const nearestDepths = (depth: number): readonly [number, number] => {
  const n = Math.max(1, Math.floor(blocksPerStageOf(depth)))
  return [depthOf(n), depthOf(n + 1)]
}
