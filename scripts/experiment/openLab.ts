import { type Browser, chromium, type Page } from 'playwright'
import { browserArguments, ensureBrowser } from '../lib/browser.mjs'

export interface OpenedLab {
  readonly browser: Browser
  readonly page: Page
}

interface Options {
  readonly address: string
  readonly hash: string
  readonly isHeaded: boolean
  readonly usesGpu: boolean
}

/**
 * Opens the built page with an experiment.
 * @throws Error with a sentence where there is no browser or the page does not come up.
 */
export const openLab = async ({ address, hash, isHeaded, usesGpu }: Options): Promise<OpenedLab> => {
  const executablePath = await ensureBrowser()
  if (executablePath === null) throw new Error('There is no browser to run the experiment in.')
  const args = usesGpu
    ? browserArguments.filter((argument) => !argument.includes('swiftshader'))
    : browserArguments
  const browser = await chromium.launch({ executablePath, headless: !isHeaded, args })
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  // The TypeScript loader names functions with a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (f) => f')
  await page.goto(`${address}#${hash}`)
  try {
    await page.waitForFunction(() => window.degradationLab !== undefined, undefined, { timeout: 30_000 })
  } catch {
    await browser.close()
    throw new Error(['The page did not come up.', ...errors].join('\n'))
  }
  return { browser, page }
}
