import { expect, it } from 'vitest'
import { createKept } from './createKept.ts'

const openThing = (log: string[], name: string) => {
  let isLost = false
  log.push(`${name} opened`)
  return {
    name,
    isLost: () => isLost,
    close: () => {
      log.push(`${name} closed`)
    },
    lose: () => {
      isLost = true
    },
  }
}

it('keeps what is open from run to run, and gives it back for another', async () => {
  const log: string[] = []
  const kept = createKept<string, ReturnType<typeof openThing>>()
  const take = (name: string) => kept.take(name, async () => openThing(log, name))
  const first = await take('a')
  expect(await take('a')).toBe(first)
  expect(log).toEqual(['a opened'])
  await take('b')
  expect(log).toEqual(['a opened', 'a closed', 'b opened'])
  kept.close()
  kept.close()
  expect(log.at(-1)).toBe('b closed')
  expect(log.filter((line) => line === 'b closed')).toHaveLength(1)
})

it('opens anew what was lost, and what did not open', async () => {
  const log: string[] = []
  const kept = createKept<string, ReturnType<typeof openThing>>()
  const take = () => kept.take('a', async () => openThing(log, 'a'))
  const first = await take()
  first.lose()
  expect(await take()).not.toBe(first)
  const failing = kept.take('b', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect((await take()).name).toBe('a')
})
