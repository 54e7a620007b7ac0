import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const runOf = (page: Page) => page.evaluate(() => window.degradationLab?.runs.getState().run ?? null)

test('after a run its weights have a digest to compare: the same link gives the same, another seed another', async ({
  lab,
  page,
}) => {
  const digestAfterRun = async (): Promise<string> => {
    await lab.runButton.click()
    await lab.finish()
    return (await runOf(page))?.weightsDigest ?? ''
  }
  const digests = page.getByRole('button', { name: /^weights [0-9a-f]{4}…$/ })
  await lab.open(smallWithSteps(8))
  await expect(digests).toBeHidden()
  const digest = await digestAfterRun()
  await expect(digests).toHaveText(`weights ${digest.slice(0, 4)}…`)

  await digests.click()
  const opened = page.getByRole('group', { name: 'Digest of the final weights' })
  await expect(opened.getByRole('textbox')).toHaveValue(digest)
  await opened.getByRole('button', { name: 'Copy' }).click()
  await expect(opened.getByText('Copied.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(digest)
  const { reproducible } = (await runOf(page))?.device ?? {}
  await expect(opened).toContainText(
    reproducible === true ? 'on any device' : 'on another device or browser the numbers may differ',
  )
  await page.keyboard.press('Escape')

  expect(await digestAfterRun()).toBe(digest)
  await lab.open({ ...smallWithSteps(8), seed: 2 })
  const other = await digestAfterRun()
  expect(other).toMatch(/^[0-9a-f]{16}$/)
  expect(other).not.toBe(digest)
})

test('the status line explains what trains and whether it can be repeated', async ({ lab, page }) => {
  await lab.open(smallWithSteps(8))
  await lab.runButton.click()
  await lab.finish()
  const device = (await runOf(page))?.device
  const term = page.getByRole('button', { name: /^reproducible: (yes|no)$/ })
  await expect(term).toHaveText(`reproducible: ${device?.reproducible === true ? 'yes' : 'no'}`)
  await term.hover()
  await expect(page.getByText(/^The same link gives the same numbers/)).toBeVisible()
  const trains = page.getByRole('button', { name: /^WebAssembly, (native|composed), \d+ threads?/ })
  await trains.focus()
  await expect(page.getByText(/Trains on \d+ threads?; device: /)).toBeVisible()
})
