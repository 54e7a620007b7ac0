import { presetNamed } from '../src/domain/presets.ts'
import { expect, test } from './fixtures.ts'
import { smallExperiment, smallWithSteps } from './smallExperiment.ts'

test('runs an experiment to its end and says no more than it has shown', async ({ lab, page }) => {
  await lab.open(smallWithSteps(20))
  await lab.runButton.click()
  await lab.finish()
  expect(await lab.step()).toBe(20)
  await expect(page.getByText('same initial weights, same batches: yes')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const { steps, evaluations } = await lab.measured()
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(evaluations.at(-1)?.step).toBe(20)
  for (const { losses } of steps) for (const loss of losses) expect(Number.isFinite(loss)).toBe(true)
})

test('learns: the loss falls', async ({ lab }) => {
  await lab.open(smallWithSteps(60))
  await lab.runButton.click()
  await lab.finish()
  const { steps } = await lab.measured()
  const mean = (from: number, to: number) =>
    steps.slice(from, to).reduce((sum, { losses }) => sum + (losses[2] ?? Number.NaN), 0) / (to - from)
  expect(mean(50, 60)).toBeLessThan(mean(0, 10) - 0.1)
})

test('pauses within a step, goes on where it was, and steps one by one', async ({ lab }) => {
  await lab.open(smallWithSteps(5000))
  await lab.runButton.click()
  await lab.reachStep(3)
  await lab.pauseButton.click()
  await expect(lab.resumeButton).toBeVisible()
  // Points come at most ten times a second: the last ones may still be on their way.
  await lab.page.waitForTimeout(400)
  const paused = await lab.step()
  await lab.page.waitForTimeout(600)
  expect(await lab.step()).toBe(paused)

  await lab.button('Step').click()
  await expect.poll(() => lab.step()).toBe(paused + 1)
  await lab.button('Step').click()
  await expect.poll(() => lab.step()).toBe(paused + 2)
  await lab.page.waitForTimeout(400)
  expect(await lab.step()).toBe(paused + 2)

  await lab.resumeButton.click()
  await lab.reachStep(paused + 10)
})

test('steps from the start without running', async ({ lab }) => {
  await lab.open(smallExperiment)
  await lab.button('Step').click()
  await expect.poll(() => lab.step()).toBe(1)
  await expect(lab.resumeButton).toBeVisible()
})

test('resets to step 0, and the same seed gives the same numbers again', async ({ lab }) => {
  await lab.open(smallWithSteps(12))
  await lab.runButton.click()
  await lab.finish()
  const first = await lab.measured()
  await lab.button('Reset').click()
  await expect.poll(() => lab.step()).toBe(0)
  await lab.runButton.click()
  await lab.finish()
  const second = await lab.measured()
  expect(second.steps).toEqual(first.steps)
  expect(second.evaluations).toEqual(first.evaluations)
})

test('resets in the middle of a run', async ({ lab }) => {
  await lab.open(smallWithSteps(5000))
  await lab.runButton.click()
  await lab.reachStep(3)
  await lab.button('Reset').click()
  await expect.poll(() => lab.step()).toBe(0)
  await expect(lab.training.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
  await lab.runButton.click()
  await lab.reachStep(3)
})

test('changes the learning rate while it trains', async ({ lab, page }) => {
  await lab.open(smallWithSteps(5000))
  await lab.runButton.click()
  await lab.reachStep(2)
  await lab.button(/^Halve the learning rate/).click()
  await expect
    .poll(async () => (await lab.measured()).marks)
    .toContainEqual(
      expect.objectContaining({
        kind: 'intervention',
        intervention: expect.objectContaining({
          kind: 'learningRate',
          to: presetNamed('default').spec.recipe.learningRate / 2,
        }),
      }),
    )
  await expect(page.getByRole('textbox', { name: /Learning rate/ })).toHaveValue('0.025')
})

for (const [choice, executor] of [
  ['webgl', 'fused'],
  ['tfjs', 'composed'],
] as const) {
  test(`trains on the GPU’s way, WebGL, ${executor}, with the same numbers to float precision`, async ({
    lab,
  }) => {
    test.slow()
    const steps = 4
    const losses = async (backend: 'wasm' | typeof choice) => {
      await lab.open({ ...smallWithSteps(steps), backend })
      await lab.page.reload()
      await lab.runButton.click()
      await lab.finish(120_000)
      const device = await lab.page.evaluate(() => window.degradationLab?.runs.getState().run?.device)
      expect(device).toMatchObject(
        backend === 'wasm' ? { executor: 'native', backend } : { executor, backend: 'webgl' },
      )
      return (await lab.measured()).steps
    }
    const onWasm = await losses('wasm')
    const onWebgl = await losses(choice)
    expect(onWebgl).toHaveLength(steps)
    onWebgl.forEach(({ losses: those }, at) => {
      those.forEach((loss, network) => {
        const other = onWasm[at]?.losses[network] ?? Number.NaN
        expect(Math.abs(loss - other) / Math.abs(other)).toBeLessThan(2e-3)
      })
    })
  })
}
