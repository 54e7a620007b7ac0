import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

test('the page and its worker are isolated, so that threads may share memory', async ({ lab }) => {
  await lab.open(smallWithSteps(8))
  await lab.runButton.click()
  await lab.finish()
  const found = await lab.isolation()
  expect(found.length).toBeGreaterThan(1)
  expect(found).not.toContain(false)
})

test('every answer isolates: files, a missing one, the way to the page', async ({ address }) => {
  const answers = await Promise.all(
    ['', 'favicon.svg', 'no-such-file', '../'].map((path) =>
      fetch(new URL(path, address), { redirect: 'manual' }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 302])
  for (const { headers } of answers) {
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
})

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' })

  test('the kept page is isolated too', async ({ lab, page, context }) => {
    await lab.open(smallWithSteps(8))
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await context.setOffline(true)
    await page.reload()
    await lab.runButton.click()
    await lab.finish()
    const found = await lab.isolation()
    expect(found.length).toBeGreaterThan(1)
    expect(found).not.toContain(false)
  })
})
