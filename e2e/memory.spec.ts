import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

const evaluateEvery = 100

/** What the executor holds on its device, by its own count. */
const deviceMemory = (page: Page) =>
  page.evaluate(() => {
    const memory = window.degradationLab?.series.memory() ?? null
    if (memory === null) throw new Error('The lab has not said what it holds.')
    return { tensors: memory.tensors, bytes: memory.bytes }
  })

/** The page's own heap after a collection, bytes. */
const pageHeap = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

test('tensors and memory stay the same over 1,500 steps', async ({ lab, page }) => {
  test.slow()
  await lab.open({ ...smallWithSteps(2500), evaluateEvery })
  await lab.runButton.click()
  await lab.reachStep(105)
  await lab.pauseButton.click()
  await expect(lab.resumeButton).toBeVisible()
  // The pause may have come in the middle of an evaluation, which holds something of its own: count after a step without one.
  const paused = await lab.step()
  const counted = (paused + 1) % evaluateEvery === 0 ? paused + 2 : paused + 1
  for (let step = paused + 1; step <= counted; step++) {
    await lab.button('Step').click()
    await expect.poll(() => lab.step()).toBe(step)
  }
  const early = await deviceMemory(page)
  const heap = await pageHeap(page)
  await lab.resumeButton.click()
  await lab.finish()
  const late = await deviceMemory(page)
  expect(late.tensors).toBe(early.tensors)
  expect(late.bytes).toBe(early.bytes)
  // The points of the run are kept: some hundred bytes each.
  expect(await pageHeap(page)).toBeLessThan(heap + 6_000_000)
})

test('tensors and memory stay the same over 5 restarts', async ({ lab, page }) => {
  test.slow()
  await lab.open(smallWithSteps(5000))
  const seen: { readonly tensors: number; readonly bytes: number; readonly workers: number }[] = []
  for (let start = 0; start < 6; start++) {
    // Always at the same step: the first evaluation makes a table that stays.
    for (const step of [1, 2]) {
      await lab.button('Step').click()
      await expect.poll(() => lab.step()).toBe(step)
    }
    seen.push({ ...(await deviceMemory(page)), workers: page.workers().length })
    // And then broken off wherever it happens to be, an evaluation among it.
    await lab.resumeButton.click()
    await lab.reachStep(9 + start)
    await lab.button('Reset').click()
    await expect.poll(() => lab.step()).toBe(0)
  }
  expect(seen.map(({ tensors }) => tensors)).toEqual(seen.map(() => seen[0]?.tensors))
  expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(() => seen[0]?.bytes))
  // The one that trains keeps those of the networks.
  expect(seen.map(({ workers }) => workers)).toEqual(seen.map(() => seen[0]?.workers))
})
