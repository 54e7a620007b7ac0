import { expect, test } from './fixtures.ts'
import { patchWorkers } from './patchWorkers.ts'
import { smallExperiment, smallWithSteps } from './smallExperiment.ts'

test('a worker that does not load: the page says so, and running again works when it does', async ({
  lab,
  page,
  watch,
}) => {
  watch.expectErrors(/Failed to load resource|net::ERR_FAILED|worker/i)
  const isWorker = (url: URL): boolean => /\/(main|worker|trainer)[-.][^/]*\.js$/.test(url.pathname)
  await page.route(isWorker, (route) => route.abort())
  await lab.open(smallWithSteps(8))
  await lab.runButton.click()
  await expect(page.getByText('The training stopped unexpectedly')).toBeVisible()
  await page.unroute(isWorker)
  await lab.training.getByRole('button', { name: 'Run again' }).click()
  await lab.reachStep(8)
})

test('a rate far too high diverges with a sentence and a way out', async ({ lab, page }) => {
  await lab.open({
    ...smallExperiment,
    recipe: {
      ...smallExperiment.recipe,
      learningRate: 10,
      warmupSteps: 0,
      momentum: 0.99,
      weightDecay: 1,
      steps: 2000,
    },
  })
  await lab.runButton.click()
  await expect(page.getByText('The training diverged')).toBeVisible({ timeout: 90_000 })
  await expect(lab.button('Run with rate 5')).toBeVisible()
  expect((await lab.measured()).steps.length).toBeGreaterThan(0)
})

for (const backend of ['webgl', 'tfjs'] as const)
  test(`a GPU that is taken away from ${backend}: said with a sentence, and the run can be started again`, async ({
    lab,
    page,
    watch,
  }) => {
    test.slow()
    watch.expectErrors(/context|webgl|shader|framebuffer/i)
    // Every context that the worker makes is kept where the test can take it away.
    await patchWorkers(
      page,
      `self.contextsMade = []
    const getContext = OffscreenCanvas.prototype.getContext
    OffscreenCanvas.prototype.getContext = function (...args) {
      const context = getContext.apply(this, args)
      if (context !== null) self.contextsMade.push(context)
      return context
    }`,
    )
    await lab.open({ ...smallWithSteps(5000), backend })
    await lab.runButton.click()
    await lab.reachStep(1, 90_000)
    for (const worker of page.workers()) {
      await worker.evaluate(() => {
        const { contextsMade } = globalThis as unknown as { contextsMade?: readonly WebGL2RenderingContext[] }
        for (const context of contextsMade ?? []) context.getExtension('WEBGL_lose_context')?.loseContext()
      })
    }
    await expect(page.getByText('The GPU was taken away')).toBeVisible({ timeout: 60_000 })
    await page.getByRole('status').getByRole('button', { name: 'Run again' }).click()
    await lab.reachStep(1, 90_000)
  })
