import type { Page } from '@playwright/test'

/** Runs JavaScript in every worker of the page before its own, once: so a test gives it another machine than this one. */
export const patchWorkers = (page: Page, javaScript: string): Promise<unknown> =>
  page.route(/\/assets\/[^/]+\.js$/, async (route) => {
    const response = await route.fetch()
    const prelude = `if (typeof WorkerGlobalScope !== 'undefined' && !self.isPatched) { self.isPatched = true; ${javaScript} };`
    await route.fulfill({ response, body: prelude + (await response.text()) })
  })
