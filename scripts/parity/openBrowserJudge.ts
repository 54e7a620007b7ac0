import { chromium } from 'playwright'
import { browserArguments, ensureBrowser } from '../lib/browser.mjs'
import type { Judge } from './Judge.ts'
import type { ParityEngine } from './readArguments.ts'
import { serveSources } from './serveSources.ts'

/** The composed executor on WebGL, the fused one, or the lab's own engine, in headless Chromium. */
export const openBrowserJudge = async (executor: ParityEngine['executor']): Promise<Judge> => {
  const executablePath = await ensureBrowser()
  if (executablePath === null) throw new Error('There is no Chromium or Chrome here to run the fixtures in.')
  const server = await serveSources()
  const browser = await chromium.launch({ executablePath, args: [...browserArguments] })
  const close = async (): Promise<void> => {
    await browser.close()
    await server.close()
  }
  try {
    const page = await browser.newPage()
    await page.goto(`${server.address}scripts/parity/harness.html?executor=${executor}`)
    await page.waitForFunction(() => window.parityHarness !== undefined, undefined, { timeout: 60_000 })
    const device = await page.evaluate(async () => (await window.parityHarness)?.device ?? 'unknown')
    return {
      device,
      async judge(bytes) {
        const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
        const outcome = await page.evaluate(async (text) => (await window.parityHarness)?.judge(text), base64)
        if (outcome === undefined) throw new Error('The harness page went away.')
        return outcome
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
