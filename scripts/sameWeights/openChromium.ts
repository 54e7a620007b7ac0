import { chromium } from 'playwright'
import { browserArguments, ensureBrowser } from '../lib/browser.mjs'
import type { Trainer } from './Trainer.ts'
import { trainInPage } from './trainInPage.ts'

/**
 * Chromium, Chrome or Edge, as the other tests start it.
 * @throws Error where there is none
 */
export const openChromium = async (): Promise<Trainer> => {
  const executablePath = await ensureBrowser()
  if (executablePath === null) throw new Error('There is no Chromium or Chrome here.')
  const browser = await chromium.launch({ executablePath, args: [...browserArguments] })
  return {
    name: `Chromium ${browser.version()}`,
    train: async (address) => {
      const context = await browser.newContext()
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      // The TypeScript loader names functions with a helper that the page does not have.
      await page.addInitScript('globalThis.__name = (f) => f')
      await page.goto(address)
      const trained = await page.evaluate(trainInPage)
      await context.close()
      if (errors.length > 0) throw new Error(`The console shows: ${errors.join('; ')}`)
      return trained
    },
    close: () => browser.close(),
  }
}
