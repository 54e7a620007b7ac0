import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

for (const width of [320, 360, 390, 768, 1024, 1440, 1920]) {
  test(`nothing runs out of a page ${width} pixels wide`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height: 800 })
    await lab.open(smallWithSteps(12))
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    if (![320, 1024].includes(width)) return
    await lab.runButton.click()
    await lab.finish()
    expect(await overflow()).toBeLessThanOrEqual(0)
  })
}
