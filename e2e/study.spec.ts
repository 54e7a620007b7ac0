import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

/** Opens the study; its data and recipe are those of the present set-up. */
const openStudy = async (page: Page) => {
  await page.getByRole('button', { name: 'Explore' }).click()
  await page.getByRole('button', { name: /Shortcut and order study/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Shortcut and order study' })
  await expect(dialog.getByRole('button', { name: 'published order' })).toBeVisible()
  return dialog
}

const violations = async (page: Page) =>
  (
    await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  ).violations.map(({ id, nodes }) => ({
    id,
    where: nodes.slice(0, 3).map(({ target }) => target.join(' ')),
  }))

test('a study runs every order once, survives a reload, and leaves the set-up as it was', async ({
  lab,
  page,
}) => {
  test.slow()
  // Long enough that the panel can be closed while it runs.
  await lab.open(smallWithSteps(300))
  const address = page.url()
  const setUp = await lab.spec()
  const dialog = await openStudy(page)
  await dialog.getByRole('button', { name: 'Orders of BN and ReLU' }).click()
  await dialog
    .getByRole('combobox', { name: 'Data and recipe' })
    .selectOption({ label: 'of the present set-up' })
  await dialog.getByRole('textbox', { name: 'Layers' }).fill('8')
  await dialog.getByRole('textbox', { name: /^Seeds/ }).fill('1')
  await dialog.getByRole('textbox', { name: /^Seeds/ }).press('Enter')
  await expect(dialog.getByText('6 networks in 2 runs')).toBeVisible()
  await dialog.getByRole('button', { name: 'Start the study' }).click()
  await expect(dialog.getByRole('progressbar', { name: 'Progress of the study' })).toBeVisible()

  // It goes on behind a closed panel, and the page says so.
  await dialog.getByRole('button', { name: 'Watch it train' }).click()
  await expect(page.getByText(/study of orders (is running|is complete)/)).toBeVisible()
  await expect(page.getByText('The study of orders is complete.')).toBeVisible({ timeout: 120_000 })
  expect(page.url()).toBe(address)
  expect(await lab.spec()).toEqual(setUp)
  await expect(lab.runButton).toHaveText('Run')

  await page.getByRole('button', { name: 'Show the results' }).click()
  const finished = async () => {
    await dialog.getByRole('button', { name: 'Orders of BN and ReLU' }).click()
    await expect(dialog.getByRole('row')).toHaveCount(7)
    return dialog.locator('tbody tr').allInnerTexts()
  }
  const rows = await finished()
  for (const row of rows) expect(row).toMatch(/\d\d\.\d/)
  await expect(dialog.getByText(/nothing can be claimed yet/)).toBeVisible()
  expect(await violations(page)).toEqual([])

  await page.reload()
  await openStudy(page)
  expect(await finished()).toEqual(rows)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Numbers, CSV' }).click()
  expect((await download).suggestedFilename()).toBe('degradation-lab-orders-8.csv')
})

test('Reset ends a study; what it has stays, and only what is missing is run', async ({ lab, page }) => {
  test.slow()
  // Long enough to be paused in its second run.
  await lab.open(smallWithSteps(1500))
  const dialog = await openStudy(page)
  await dialog
    .getByRole('combobox', { name: 'Data and recipe' })
    .selectOption({ label: 'of the present set-up' })
  await dialog.getByRole('textbox', { name: 'Layers' }).fill('8')
  await dialog.getByRole('textbox', { name: 'Layers' }).press('Enter')
  await dialog.getByRole('button', { name: 'Start the study' }).click()
  await expect(dialog.getByText('Run 2 of 9')).toBeVisible({ timeout: 120_000 })
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await lab.button('Reset').click()
  await expect(page.getByText(/ended with Reset/)).toBeVisible()
  await page.getByRole('button', { name: 'Show the results' }).click()
  await expect(dialog.getByText('29 networks in 8 runs')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Run what is missing' })).toBeVisible()
})
