import { expect, it } from 'vitest'
import { digestSentence, reproducibilitySentence } from './reproducibility.ts'

const exact = { device: { reproducible: true }, source: 'digits' } as const
const rounded = { device: { reproducible: false }, source: 'digits' } as const

it('promises the same numbers anywhere only of an executor that keeps it', () => {
  expect(reproducibilitySentence(exact)).toBe(
    'The same link gives the same numbers, bit for bit, on any device.',
  )
  expect(digestSentence(exact)).toContain('the same digest on any device')
  for (const sentence of [reproducibilitySentence(rounded), digestSentence(rounded)]) {
    expect(sentence).toContain('on another device or browser the numbers may differ in the last digits')
    expect(sentence).not.toContain('any device')
  }
})

it('names the file that the link does not hold', () => {
  expect(reproducibilitySentence({ ...exact, source: 'cifar10' })).toContain('with the same CIFAR-10 file')
  expect(digestSentence({ ...rounded, source: 'cifar10' })).toContain('with the same CIFAR-10 file')
})
