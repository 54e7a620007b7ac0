import type { Browser, Page } from 'playwright'
import type {} from './harness.ts'

/** The harness in a page of its own, which shares nothing with those before: no compiled code, no memory. */
export const openHarness = async (
  browser: Browser,
  address: string,
): Promise<{ readonly page: Page; readonly close: () => Promise<void> }> => {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() !== 'debug') console.error(message.text())
  })
  page.on('pageerror', (error) => console.error(error.message))
  await page.goto(`${address}bench/harness.html`)
  await page.waitForFunction(() => window.benchHarness !== undefined, undefined, { timeout: 120_000 })
  if (!(await page.evaluate(() => window.benchHarness?.isIsolated)))
    throw new Error('The harness page is not isolated from other origins, so threads cannot share memory.')
  return { page, close: () => context.close() }
}
