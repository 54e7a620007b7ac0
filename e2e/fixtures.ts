// What every test of the built page has: a server of its own under a sub-path, the lab as a person meets it, and a watch over
// everything that must never happen (a request to another origin, an error in the console).

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { root } from '../scripts/lib/root.mjs'
import { servePage } from '../scripts/lib/servePage.mjs'
import { LabPage } from './LabPage.ts'

interface Watch {
  /** Errors that this test brings about on purpose. */
  readonly expectErrors: (pattern: RegExp) => void
}

interface TestFixtures {
  readonly lab: LabPage
  readonly watch: Watch
}

interface WorkerFixtures {
  /** Whether the server isolates the page; false: as a host that sets no headers. */
  readonly isolated: boolean
  /** Address of the built page, served under a sub-path as a static host would. */
  readonly address: string
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  isolated: [true, { option: true, scope: 'worker' }],

  address: [
    async ({ isolated }, use) => {
      const directory = join(root, 'dist')
      if (!existsSync(join(directory, 'index.html')))
        throw new Error('There is no built page. Run: npm run build')
      const served = await servePage({ directory, ports: [0], base: '/some/where/', isolated })
      if (served === null) throw new Error('No port is free.')
      await use(served.address)
      await served.close()
    },
    { scope: 'worker' },
  ],

  watch: [
    async ({ context, address }, use) => {
      const strangers: string[] = []
      const errors: string[] = []
      const expected: RegExp[] = []
      const origin = new URL(address).origin
      context.on('request', (request) => {
        const url = request.url()
        if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) strangers.push(url)
      })
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      context.on('weberror', (error) => errors.push(String(error.error())))
      await use({ expectErrors: (pattern) => expected.push(pattern) })
      expect(strangers, 'requests that leave the origin').toEqual([])
      const surprises = errors.filter((error) => !expected.some((pattern) => pattern.test(error)))
      expect(surprises, 'errors in the console').toEqual([])
    },
    { auto: true },
  ],

  lab: async ({ page, address }, use) => {
    await use(new LabPage(page, address))
  },
})

export { expect }
