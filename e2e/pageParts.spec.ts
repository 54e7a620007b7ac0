import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/lib/root.mjs'
import { pageParts } from '../scripts/test/pageSize.mjs'
import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

const nameOf = (file: string): string => file.split('/').at(-1) ?? ''

test('the page fetches by itself only what counts as such', async ({ lab, page }) => {
  const fetched = new Set<string>()
  page.on('request', (request) => fetched.add(nameOf(new URL(request.url()).pathname)))
  await lab.open(smallWithSteps(8))
  await lab.runButton.click()
  await lab.finish()
  const { afterwards, onRequest } = pageParts()
  expect(onRequest.map(nameOf).filter((name) => fetched.has(name))).toEqual([])
  expect(afterwards.map(nameOf).filter((name) => !fetched.has(name))).toEqual([])
})

test('a fold of the set-up opens once, with all that is in it, however slow its inside comes', async ({
  lab,
  page,
}) => {
  let release = (): void => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  await page.route('**/assets/FoldInside*', async (route) => {
    await released
    await route.continue()
  })
  await lab.open(smallWithSteps(8))
  const fold = page.locator('details', { hasText: 'Block and order' }).last()
  const heights = fold.evaluate(
    (element) =>
      new Promise<readonly number[]>((resolve) => {
        const seen = [element.clientHeight]
        new ResizeObserver(() => {
          if (element.clientHeight === seen.at(-1)) return
          seen.push(element.clientHeight)
          setTimeout(() => resolve(seen), 300)
        }).observe(element)
      }),
  )
  await fold.locator('summary').click()
  await expect(fold).not.toHaveAttribute('open')
  release()
  await expect(fold.getByRole('group', { name: 'Block' })).toBeVisible()
  expect(await heights).toHaveLength(2)
})

test('everything that can be opened is kept for use without a network', () => {
  const worker = readFileSync(join(root, 'dist/sw.js'), 'utf8')
  const { firstView, afterwards, onRequest } = pageParts()
  const files = [...firstView, ...afterwards, ...onRequest]
  expect(files.filter((file) => !worker.includes(file))).toEqual([])
})
