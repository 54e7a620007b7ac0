// The architecture explorer: counts, published errors, and the way into the lab.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { LabPage } from './LabPage.ts'
import { smallWithSteps } from './smallExperiment.ts'

const openExplorer = async (lab: LabPage) => {
  await lab.open(smallWithSteps(20))
  await lab.button('Explore').click()
  await lab.page.getByRole('button', { name: /^Architectures/ }).click()
  await expect(lab.page.getByRole('dialog', { name: 'Architectures' })).toBeVisible()
}

const violations = async (page: Page) => {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return found.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) }))
}

test('two architectures stand side by side with exact counts and published errors', async ({ lab, page }) => {
  await openExplorer(lab)
  await page.getByLabel('First network').selectOption('ResNet-50')
  await page.getByLabel('Second network').selectOption('ResNeXt-50 (32×4d)')
  const table = page.getByRole('table', { name: /Layers of ResNet-50,/ })
  await expect(table.getByRole('row', { name: /^Total/ })).toContainText('25,557,0324,089,184,256')
  await expect(table.getByRole('rowheader')).toHaveText([
    'conv1',
    'max pool',
    'conv2_x',
    'conv3_x',
    'conv4_x',
    'conv5_x',
    'head',
    'Total',
  ])
  const second = page.getByRole('article').filter({ hasText: 'ResNeXt-50 (32×4d)' })
  await expect(second).toContainText('25,028,904')
  await expect(second).toContainText('Published, not measured here')
  await expect(second).toContainText('22.2 %')
})

test('a plan opens in the lab at width 8, by keyboard, and the focus comes back', async ({ lab, page }) => {
  await openExplorer(lab)
  // The pair that is there at first: plain-34 and ResNet-34.
  await page.getByRole('button', { name: 'Open in the lab at width 8' }).press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  const { networks, width, recipe } = await lab.spec()
  expect(width).toBe(8)
  expect(recipe.steps).toBe(20)
  expect(networks).toEqual([
    { depth: 34, shortcut: 'none', stages: [3, 4, 6, 3] },
    { depth: 34, shortcut: 'B', stages: [3, 4, 6, 3] },
  ])
  await expect(lab.button('Explore')).toBeFocused()
})

test('a network that stands alone comes with its counterpart, and what a deep one costs is said before', async ({
  lab,
  page,
}) => {
  await openExplorer(lab)
  for (const label of ['First network', 'Second network'])
    await page.getByLabel(label).selectOption('ResNet-1202 for CIFAR-10')
  const open = page.getByRole('region', { name: 'Open in the lab' })
  await expect(open).toContainText('plain-1202 and residual-1202')
  await expect(open).toContainText('for the whole run')
  await expect(open).toContainText('width 8 in place of 16')
})

test('the networks that are set up can be looked at', async ({ lab, page }) => {
  await openExplorer(lab)
  await page.getByLabel('Second network').selectOption('residual-14')
  await expect(page.getByRole('table', { name: /Layers of residual-14,/ })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })
    test('axe finds nothing in the explorer', async ({ lab, page }) => {
      await openExplorer(lab)
      expect(await violations(page)).toEqual([])
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  test('the explorer stays inside the screen; only its tables scroll', async ({ lab, page }) => {
    await openExplorer(lab)
    const sides = await page
      .getByRole('dialog')
      .getByRole('region', { name: 'Architectures' })
      .evaluate((body) => [body.scrollWidth, body.clientWidth])
    expect(sides[0]).toBe(sides[1])
    expect(await violations(page)).toEqual([])
  })
})
