import { expect, it } from 'vitest'
import { backendChoices } from '../../domain/experimentSpec.ts'
import { executorChoices, executorNotes } from './executorChoices.ts'

it('offers every executor that a link can name, each by a name of its own', () => {
  expect(executorChoices.map(({ value }) => value)).toEqual(backendChoices)
  expect(new Set(executorChoices.map(({ name }) => name)).size).toBe(backendChoices.length)
})

it('promises the same bits for the lab’s own engine alone', () => {
  const exact = backendChoices.filter((choice) => executorNotes[choice].includes('bit for bit'))
  expect(exact).toEqual(['wasm'])
})
