import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

const violations = async (page: Page) => {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return found.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes
      .slice(0, 5)
      .map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }))
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('axe finds nothing before a run, with everything unfolded', async ({ lab, page }) => {
      await lab.open(smallWithSteps(30))
      // One after the other: what is in a fold comes when it opens, and has folds of its own.
      const folded = page.locator('details:not([open]) > summary')
      while ((await folded.count()) > 0) await folded.first().click()
      expect(await violations(page)).toEqual([])
    })

    test('axe finds nothing during a run, nor while it is paused', async ({ lab, page }) => {
      // Long enough not to end before it is paused.
      await lab.open(smallWithSteps(5000))
      await lab.runButton.click()
      await lab.reachStep(4)
      expect(await violations(page)).toEqual([])
      await lab.pauseButton.click()
      await expect(lab.resumeButton).toBeVisible()
      await lab.button('Shortcuts of network 2 on').click()
      expect(await violations(page)).toEqual([])
    })

    test('axe finds nothing after a run, nor beside an earlier one', async ({ lab, page }) => {
      await lab.open(smallWithSteps(20))
      await lab.runButton.click()
      await lab.finish()
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: /^weights/ }).click()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await lab.runButton.click()
      await lab.finish()
      expect(await violations(page)).toEqual([])
    })

    test('axe finds nothing in the menus, nor beside notices', async ({ lab, page }) => {
      await lab.open('v=1&preset=default&colour=red')
      expect(await violations(page)).toEqual([])
      for (const name of ['Share', 'Theme and keys', /^Experiment:/]) {
        await lab.button(name).click()
        expect(await violations(page)).toEqual([])
        await page.keyboard.press('Escape')
      }
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('axe finds nothing', async ({ lab, page }) => {
    await lab.open(smallWithSteps(30))
    expect(await violations(page)).toEqual([])
  })
})
