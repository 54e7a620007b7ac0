import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

const link = (nets: string): string => `v=1&preset=default&nets=${nets}`
const closeUp = (page: Page) => page.getByRole('group', { name: 'Close-up' })
const insideOf = (page: Page, network: number) =>
  page.getByRole('group', { name: `Shortcuts of network ${network}, block by block` })

test('pointing at a block draws it, and pointing at a piece explains it', async ({ lab, page }) => {
  await lab.open(link('plain-20,shortcut-gate-20'))
  await insideOf(page, 2).getByRole('button', { name: 'Inside block 4, stage 2' }).hover()
  await expect(closeUp(page)).toContainText('y = ReLU(F(x) + (1 − g) · pad(x))')
  await closeUp(page)
    .getByRole('button', { name: /^Gate:/ })
    .hover()
  await expect(closeUp(page)).toContainText('g = σ(W · x + b)')
  await expect(closeUp(page)).toContainText('b starts at −6')
  await page.keyboard.press('Escape')
  await expect(closeUp(page)).toHaveCount(0)
})

test('a click keeps the same block of plain and residual open beside each other, and moves nothing', async ({
  lab,
  page,
}) => {
  await lab.open(link('plain-20,A-20'))
  const chart = page.getByRole('region', { name: 'Curves' })
  const before = await chart.boundingBox()
  const block = insideOf(page, 2).getByRole('button', { name: 'Inside block 2, stage 1' })
  await block.click()
  await page.mouse.move(5, 5)
  await expect(block).toHaveAttribute('aria-expanded', 'true')
  await expect(closeUp(page)).toContainText('y = ReLU(F(x))')
  await expect(closeUp(page)).toContainText('y = ReLU(F(x) + x)')
  expect(await chart.boundingBox()).toEqual(before)
  // What was switched is seen in the drawing that is open.
  await lab.button('Shortcuts of network 2 off').click()
  await expect(closeUp(page).getByText('y = ReLU(F(x))')).toHaveCount(2)
  await block.click()
  await page.mouse.move(5, 5)
  await expect(closeUp(page)).toHaveCount(0)
})

test('arrow keys lead from an arc to its block, into the drawing and back', async ({ lab, page }) => {
  await lab.open(link('plain-20,A-20~full-preact'))
  await insideOf(page, 2)
    .getByRole('button', { name: /^Shortcut of block 1,/ })
    .focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(insideOf(page, 2).getByRole('button', { name: 'Inside block 2, stage 1' })).toBeFocused()
  await expect(closeUp(page)).toContainText('y = F(x) + x')
  await page.keyboard.press('ArrowDown')
  await expect(
    closeUp(page)
      .getByRole('button', { name: /^Batch norm:/ })
      .first(),
  ).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(
    closeUp(page)
      .getByRole('button', { name: /^3×3 convolution:/ })
      .first(),
  ).toBeFocused()
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowLeft')
  await expect(insideOf(page, 2).getByRole('button', { name: 'Inside block 2, stage 1' })).toBeFocused()
  // Of all this nothing was switched.
  expect((await lab.spec()).interventions).toEqual([])
})

test('axe finds nothing beside an open close-up, and every piece has its explanation for a name', async ({
  lab,
  page,
}) => {
  await lab.open(link('plain-29~bottleneck,B-29~bottleneck~full-preact,exclusive-gate-29~resnext~c2~w4'))
  await insideOf(page, 3).getByRole('button', { name: 'Inside block 4, stage 2' }).click()
  for (const piece of await closeUp(page).locator('[data-piece]').all())
    expect(await piece.getAttribute('aria-label')).toMatch(/: .+; .+ \(.*20\d\d.*\)$/)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a tap on a block opens it at the bottom, the block itself in sight; an arc only switches', async ({
    lab,
    page,
  }) => {
    await lab.open(smallWithSteps(20))
    const block = insideOf(page, 3).getByRole('button', { name: 'Inside block 1, stage 1' })
    await insideOf(page, 3)
      .getByRole('button', { name: /^Shortcut of block 1,/ })
      .tap()
    await expect(closeUp(page)).toHaveCount(0)
    await block.tap()
    await expect(closeUp(page)).toBeVisible()
    await expect
      .poll(async () => {
        const [shown, sheet] = [await block.boundingBox(), await closeUp(page).boundingBox()]
        return shown !== null && sheet !== null && shown.y + shown.height <= sheet.y
      })
      .toBe(true)
    await closeUp(page)
      .getByRole('button', { name: /^Addition:/ })
      .first()
      .tap()
    await expect(closeUp(page)).toContainText('He 2015, section 3.2')
    await page.getByRole('button', { name: 'Close the close-up' }).tap()
    await expect(closeUp(page)).toHaveCount(0)
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0)
  })
})

test('networks of unequal stages are drawn under one another, and a chart keeps room for long names', async ({
  lab,
  page,
}) => {
  await lab.open(link('plain-34~stages3.4.6.3,B-34~stages3.4.6.3,A-29~bottleneck~full-preact'))
  await expect(insideOf(page, 2).getByRole('button', { name: 'Inside block 16, stage 4' })).toBeVisible()
  for (const width of [390, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 })
    const cut = () =>
      page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            '.curves-labelText, .pictures-errorName, .verdict__headline',
          ),
        ]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map(({ textContent }) => textContent),
      )
    // The page is laid out anew a moment after the window changes.
    await expect.poll(cut).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0)
  }
})
