import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

/** Presses Tab until the control with this name has the focus. */
const tabTo = async (page: import('@playwright/test').Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (name.test(focused.trim())) return
  }
  throw new Error(`Tab never reached ${name}.`)
}

test('space runs and pauses, s steps, r resets', async ({ lab, page }) => {
  await lab.open(smallWithSteps(5000))
  await page.keyboard.press('Space')
  await lab.reachStep(2)
  await page.keyboard.press('Space')
  await expect(lab.resumeButton).toBeVisible()
  await page.waitForTimeout(400)
  const paused = await lab.step()
  await page.keyboard.press('s')
  await expect.poll(() => lab.step()).toBe(paused + 1)
  await page.keyboard.press('r')
  await expect.poll(() => lab.step()).toBe(0)
})

test('an experiment is chosen, run and switched by Tab, Enter, space and arrows alone', async ({
  lab,
  page,
}) => {
  await lab.open(smallWithSteps(5000))
  await tabTo(page, /^Run$/)
  await page.keyboard.press('Enter')
  await lab.reachStep(2)
  await tabTo(page, /^Shortcuts of network 2 on$/)
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await lab.measured()).marks.length).toBe(1)
  await tabTo(page, /^Shortcuts? of blocks? .*stage 1/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect.poll(async () => (await lab.measured()).marks.length).toBe(2)
  const { marks } = await lab.measured()
  expect(marks[1]).toMatchObject({ intervention: { kind: 'shortcuts', network: 2, blocks: [1], to: 0 } })
  // Space on a control belongs to the control: the run went on.
  await expect(lab.pauseButton).toBeVisible()
})

test('letters typed into a field are letters', async ({ lab, page }) => {
  await lab.open(smallWithSteps(5000))
  await page.keyboard.press('Space')
  await lab.reachStep(2)
  await page.keyboard.press('Space')
  await expect(lab.resumeButton).toBeVisible()
  await page.waitForTimeout(400)
  const paused = await lab.step()
  await page.getByRole('textbox', { name: /Learning rate/ }).focus()
  await page.keyboard.type('rs ')
  await page.waitForTimeout(300)
  expect(await lab.step()).toBe(paused)
})

test('the focus can be seen on every control that Tab reaches', async ({ lab, page }) => {
  await lab.open(smallWithSteps(10))
  const unmarked: string[] = []
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return null
      const style = (of: Element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(of)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      }
      const marked = style(element) || (element.parentElement !== null && style(element.parentElement))
      return { marked, name: element.getAttribute('aria-label') ?? element.textContent ?? element.tagName }
    })
    if (seen === null) break
    if (!seen.marked) unmarked.push(seen.name.slice(0, 60))
  }
  expect(unmarked).toEqual([])
})
