import { describe, expect, it } from 'vitest'
import { exampleImages } from './exampleImages.ts'
import { generateImages } from './generateImages.ts'

describe('exampleImages', () => {
  it('gives images of every class in order, opaque', () => {
    const images = exampleImages('digits', 12, 1, 2)
    expect(images.map(({ label }) => label)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9,
    ])
    for (const { rgba, side } of images) {
      expect(rgba).toHaveLength(side * side * 4)
      expect(rgba.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
    }
  })

  it.each(['digits', 'fractals', 'shapes'] as const)(
    'shows the scenes that are trained on (%s)',
    async (source) => {
      const training = await generateImages(
        source,
        { count: 10, side: 16, seed: 3, split: 'training' },
        () => undefined,
      )
      for (const { label, rgba } of exampleImages(source, 16, 3)) {
        const index = training.labels.indexOf(label)
        let difference = 0
        for (let i = 0; i < 256; i++) {
          for (let channel = 0; channel < 3; channel++) {
            difference += Math.abs(
              (rgba[i * 4 + channel] as number) - (training.pixels[index * 768 + i * 3 + channel] as number),
            )
          }
        }
        // Of 255: fewer samples soften an edge here and there; another image would differ by about 60.
        expect(difference / 768).toBeLessThan(8)
      }
    },
  )
})
