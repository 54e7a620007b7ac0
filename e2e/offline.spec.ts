import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

test.use({ serviceWorkers: 'allow' })

test('after the first visit the lab opens and trains without a network', async ({ lab, page, context }) => {
  await lab.open(smallWithSteps(8))
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await context.setOffline(true)
  await page.reload()
  await expect(lab.runButton).toBeVisible()
  await lab.runButton.click()
  await lab.finish()
  expect((await lab.measured()).steps).toHaveLength(8)
})

test('the first visit can lose the network in mid-experiment', async ({ lab, page, context }) => {
  await lab.open(smallWithSteps(5000))
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await lab.runButton.click()
  await lab.reachStep(2)
  await context.setOffline(true)
  await lab.button('Reset').click()
  await lab.runButton.click()
  await lab.reachStep(2)
})
