import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

test('the page is there, and can be set up, before any of the training’s code has come', async ({
  lab,
  page,
}) => {
  let release = (): void => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  const held: string[] = []
  const early: string[] = []
  page.on('worker', (worker) => held.push(worker.url()))
  await page.route('**/*', async (route) => {
    const url = route.request().url()
    const isTraining =
      held.includes(url) || /wasm/.test(url) || /worker|main-|trainer/i.test(new URL(url).pathname)
    if (!isTraining || /index/.test(url)) {
      early.push(url)
      return route.continue()
    }
    await released
    return route.continue()
  })
  await lab.open(smallWithSteps(8))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('group', { name: 'Shortcuts of network 2', exact: true })).toBeVisible()
  await lab.button('Shortcuts of network 2 on').click()
  await expect(lab.button('Shortcuts of network 2 on')).toHaveAttribute('aria-pressed', 'true')
  expect(early.filter((url) => /tfjs|tensorflow|\.wasm/.test(url))).toEqual([])
  release()
  await lab.runButton.click()
  await lab.finish()
})
