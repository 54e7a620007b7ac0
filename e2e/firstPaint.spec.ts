import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/lib/root.mjs'
import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

/** Whether a file of the built page holds code that trains: tfjs's, or the lab's own engine (WebAssembly begins so in base64). */
const isTraining = (name: string): boolean =>
  name.endsWith('.js') &&
  /Conv2DBackpropFilter|registerBackend|AGFzbQ/.test(readFileSync(join(root, 'dist/assets', name), 'utf8'))

test('the page is there, and can be set up, before any of the code that trains has come', async ({
  lab,
  page,
}) => {
  const training = new Set(readdirSync(join(root, 'dist/assets')).filter(isTraining))
  expect(training.size).toBeGreaterThan(1)
  let release = (): void => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  await page.route('**/assets/*', async (route) => {
    if (training.has(new URL(route.request().url()).pathname.split('/').at(-1) ?? '')) await released
    await route.continue()
  })
  await lab.open(smallWithSteps(8))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('region', { name: /error/i }).first()).toBeVisible()
  await lab.button('Shortcuts of network 2 on').click()
  await expect(lab.button('Shortcuts of network 2 on')).toHaveAttribute('aria-pressed', 'true')
  const paints = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)
  expect(paints).toBe(1)
  // Pressed before there is anything to run with: it waits, and says so.
  await lab.runButton.click()
  await expect(lab.pauseButton).toBeVisible()
  expect(await lab.step()).toBe(0)
  release()
  await lab.finish()
})
