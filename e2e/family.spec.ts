import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallExperiment, smallWithSteps } from './smallExperiment.ts'

const unfold = (page: Page, title: string) => page.getByText(title, { exact: true }).click()

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => ({
    id,
    where: nodes.slice(0, 3).map(({ target }) => target.join(' ')),
  }))

test('block and order are chosen for all networks, and depths follow', async ({ lab, page }) => {
  await lab.open(smallExperiment)
  await unfold(page, 'Block and order')
  // The radio button itself is hidden behind its card, as a person sees it.
  await page.locator('label', { hasText: 'Bottleneck' }).click()
  await expect(page.getByText('Depths went to the nearest possible: 8 to 11 and 14 to 20.')).toBeVisible()
  await page.locator('label', { hasText: 'Full pre-activation' }).click()
  const options = { block: 'bottleneck', order: 'full-preact' }
  await expect
    .poll(async () => (await lab.spec()).networks)
    .toEqual([
      { depth: 11, shortcut: 'none', ...options },
      { depth: 20, shortcut: 'none', ...options },
      { depth: 20, shortcut: 'A', ...options },
    ])
  await expect(page.getByText('9 × 2 + 2 layers')).toBeVisible()
  // What means nothing in this order is there, with the reason, and cannot be chosen.
  await unfold(page, 'Start of the weights')
  await expect(page.getByRole('radio', { name: /Zero last gamma/ })).toBeDisabled()
  await expect(page.getByText(/Zero last gamma needs F to end in batch norm/)).toBeVisible()
})

test('a gated shortcut is chosen, its bias set, and it trains beside a plain net with Dirac kernels', async ({
  lab,
  page,
}) => {
  await lab.open(smallWithSteps(6))
  await unfold(page, 'Tried by He 2016')
  await page.locator('label', { hasText: 'Shortcut gate' }).click()
  const bias = page.getByRole('textbox', { name: 'Gate bias at the start' })
  await bias.fill('−2')
  await bias.press('Enter')
  await unfold(page, 'Start of the weights')
  await lab.button('Add plain-14 with Dirac kernels').click()
  await expect
    .poll(async () => (await lab.spec()).networks)
    .toEqual([
      { depth: 8, shortcut: 'none' },
      { depth: 14, shortcut: 'none' },
      { depth: 14, shortcut: 'shortcut-gate', gateBias: -2 },
      { depth: 14, shortcut: 'none', initialisation: 'dirac' },
    ])
  await lab.runButton.click()
  await lab.finish()
  const { steps } = await lab.measured()
  expect(steps).toHaveLength(6)
  expect(steps.at(-1)?.trainingErrors).toHaveLength(4)
})

test('a network with stages of its own keeps them until a depth is chosen', async ({ lab, page }) => {
  const stages = [1, 2, 1, 1]
  await lab.open({
    ...smallExperiment,
    networks: [
      { depth: 12, shortcut: 'none', stages },
      { depth: 12, shortcut: 'A', stages },
    ],
  })
  await expect(page.getByText('stages 1-2-1-1')).toBeVisible()
  const depth = page.getByRole('textbox', { name: 'Layers', exact: true })
  await depth.fill('12')
  await depth.press('Enter')
  expect((await lab.spec()).networks[0]?.stages).toEqual(stages)
  await depth.fill('14')
  await depth.press('Enter')
  await expect
    .poll(async () => (await lab.spec()).networks)
    .toEqual([
      { depth: 14, shortcut: 'none' },
      { depth: 14, shortcut: 'A' },
    ])
})

test('a panel opens by the keyboard, keeps the lab’s keys to itself, and gives the focus back', async ({
  lab,
  page,
}) => {
  await lab.open(smallWithSteps(5000))
  for (const [title, choice] of [
    ['Architectures', /^Architectures/],
    ['Shortcut and order study', /^Shortcut and order study/],
  ] as const) {
    await lab.button('Explore').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: choice }).focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: title })
    await expect(panel).toBeVisible()
    for (const key of ['s', 'r', 'Space']) await page.keyboard.press(key)
    await page.waitForTimeout(300)
    expect(await page.evaluate(() => window.degradationLab?.runs.getState().run ?? null)).toBeNull()
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(lab.button('Explore')).toBeFocused()
  }
  // Closed, the keys are the lab's again.
  await page.keyboard.press('s')
  await lab.reachStep(1)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('axe finds nothing with every fold of the set-up open, nor in the menu', async ({ lab, page }) => {
      await lab.open({
        ...smallExperiment,
        networks: [
          { depth: 11, shortcut: 'none', block: 'resnext', batchNorm: false },
          { depth: 20, shortcut: 'scaled', block: 'resnext', batchNorm: false },
        ],
      })
      for (const title of ['Block and order', 'Start of the weights', 'Networks']) await unfold(page, title)
      await expect(page.locator('.fold--network')).toHaveCount(2)
      for (const summary of await page.locator('.fold--network > summary').all()) await summary.click()
      expect(await violations(page)).toEqual([])
      await lab.button('Explore').click()
      expect(await violations(page)).toEqual([])
    })
  })
}
