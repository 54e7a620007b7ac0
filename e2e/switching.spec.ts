import type { StepPoint } from '../src/domain/run.ts'
import { expect, test } from './fixtures.ts'
import { smallExperiment, smallWithSteps } from './smallExperiment.ts'

const total = 14
const switchedAt = 6

const lossesOf = (steps: readonly StepPoint[], network: number): readonly number[] =>
  steps.map(({ losses }) => losses[network] ?? Number.NaN)

test('a switch thrown in mid-run changes training from the next step on, and marks the chart', async ({
  lab,
  page,
}) => {
  await lab.open(smallWithSteps(total))
  await lab.runButton.click()
  await lab.finish()
  const untouched = (await lab.measured()).steps

  await lab.button('Reset').click()
  for (let step = 1; step <= switchedAt; step++) {
    await lab.button('Step').click()
    await expect.poll(() => lab.step()).toBe(step)
  }
  await lab.button('Shortcuts of network 2 on').click()
  await lab.resumeButton.click()
  await lab.finish()
  const switched = await lab.measured()

  expect(lossesOf(switched.steps, 1).slice(0, switchedAt)).toEqual(
    lossesOf(untouched, 1).slice(0, switchedAt),
  )
  expect(lossesOf(switched.steps, 1)[switchedAt]).not.toBe(lossesOf(untouched, 1)[switchedAt])
  // The other networks saw the same batches and nothing of the switch.
  expect(lossesOf(switched.steps, 0)).toEqual(lossesOf(untouched, 0))
  expect(lossesOf(switched.steps, 2)).toEqual(lossesOf(untouched, 2))
  expect(switched.marks).toEqual([
    {
      kind: 'intervention',
      step: switchedAt,
      intervention: { kind: 'shortcuts', step: switchedAt, network: 1, blocks: 'all', to: 1, overSteps: 0 },
    },
  ])
  await expect(page.getByRole('region', { name: /curves|error/i }).first()).toContainText(/shortcuts|on/i)

  // The link now holds the switch, and gives the same run again without a hand on it.
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await lab.runButton.click()
  await lab.finish()
  expect((await lab.measured()).steps).toEqual(switched.steps)
})

test('a switch acts while the experiment runs', async ({ lab }) => {
  await lab.open(smallWithSteps(5000))
  await lab.runButton.click()
  await lab.reachStep(2)
  await lab.button('Shortcuts of network 3 off').click()
  await expect(lab.button('Shortcuts of network 3 off')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => (await lab.measured()).marks.length).toBe(1)
  await lab.button('Shortcuts of network 3 on').click()
  await expect.poll(async () => (await lab.measured()).marks.length).toBe(2)
})

test('one block’s arc switches only that block', async ({ lab, page }) => {
  await lab.open(smallWithSteps(5000))
  await lab.button('Step').click()
  await expect.poll(() => lab.step()).toBe(1)
  const arcs = page.getByRole('group', { name: 'Shortcuts of network 3, block by block' })
  await arcs.getByRole('button', { name: /^Shortcut of block 2/ }).click()
  await lab.button('Step').click()
  await expect.poll(() => lab.step()).toBe(2)
  const { marks } = await lab.measured()
  expect(marks).toEqual([
    expect.objectContaining({
      intervention: { kind: 'shortcuts', step: 1, network: 2, blocks: [1], to: 0, overSteps: 0 },
    }),
  ])
  await expect(arcs.getByRole('button', { name: /^Shortcut of block 2/ })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
  await expect(arcs.getByRole('button', { name: /^Shortcut of block 3/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('a fade goes step by step, and ends where a switch ends', async ({ lab, page }) => {
  await lab.open(smallWithSteps(5000))
  const fadeSteps = page.getByRole('textbox', { name: /fade over/i })
  await fadeSteps.fill('4')
  await fadeSteps.press('Enter')
  await lab.button('Step').click()
  await expect.poll(() => lab.step()).toBe(1)
  await lab.button('Fade the shortcuts of network 3 out over 4 steps').click()
  await lab.button('Step').click()
  await expect.poll(() => lab.step()).toBe(2)
  await expect(page.getByText(/fading out: \d+ %/)).toBeVisible()
  for (let step = 3; step <= 6; step++) {
    await lab.button('Step').click()
    await expect.poll(() => lab.step()).toBe(step)
  }
  await expect(lab.button('Shortcuts of network 3 off')).toHaveAttribute('aria-pressed', 'true')
})

test('a plain network is a residual one whose shortcuts are off: switched on at step 0, they are the same', async ({
  lab,
}) => {
  const planned = {
    ...smallExperiment,
    networks: smallExperiment.networks.slice(1),
    recipe: { ...smallExperiment.recipe, steps: 8 },
    interventions: [{ kind: 'shortcuts', step: 0, network: 0, blocks: 'all', to: 1, overSteps: 0 } as const],
  }
  await lab.open(planned)
  await lab.runButton.click()
  await lab.finish()
  const { steps } = await lab.measured()
  expect(lossesOf(steps, 0)).toEqual(lossesOf(steps, 1))
})
