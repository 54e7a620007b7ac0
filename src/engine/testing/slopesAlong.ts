import type { TensorValues } from '../../domain/parameters.ts'
import { randomStream } from '../../domain/random.ts'

/** What is compared of a gradient: its product with a direction, and what the loss itself does along it. */
export interface Slopes {
  readonly claimed: number
  readonly measured: number
}

/** How far the parameter that moves furthest is moved: too little to take many ReLUs across their kink. */
const furthest = 1e-6

/**
 * The slope of a loss along one random direction, as the gradient claims it and as a central difference measures it in double
 * precision. Within each tensor the direction is as long as that tensor's gradient is short, so each has an equal share
 * (about 1) of the slope, whatever its size: a wrong gradient of any one tensor shows. Tensors that have no gradient by
 * construction get the length of a thousandth of the largest, and by their length in the direction show one that is not 0.
 */
export const slopesAlong = (
  parameters: TensorValues,
  gradients: TensorValues,
  lossAt: (parameters: ReadonlyMap<string, Float64Array>) => number,
  seed: number,
): Slopes => {
  const norms = new Map([...gradients].map(([name, values]) => [name, Math.hypot(...values)]))
  const least = Math.max(...norms.values()) / 1000
  let claimed = 0
  const directions = new Map(
    [...parameters].map(([name, values]) => {
      const stream = randomStream(seed, `direction/${name}`)
      const scale = 1 / Math.max(norms.get(name) ?? 0, least)
      const direction = Float64Array.from(values, () => scale * stream.normal())
      gradients.get(name)?.forEach((value, index) => {
        claimed += value * (direction[index] ?? 0)
      })
      return [name, direction] as const
    }),
  )
  const largest = [...directions.values()].flatMap((values) => [...values.map(Math.abs)])
  const width = furthest / largest.reduce((most, value) => Math.max(most, value), 0)
  const lossBeside = (distance: number): number =>
    lossAt(
      new Map(
        [...parameters].map(([name, values]) => [
          name,
          Float64Array.from(
            values,
            (value, index) => value + distance * (directions.get(name)?.[index] ?? 0),
          ),
        ]),
      ),
    )
  return { claimed, measured: (lossBeside(width) - lossBeside(-width)) / (2 * width) }
}
