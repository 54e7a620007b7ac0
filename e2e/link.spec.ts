import { presetNamed } from '../src/domain/presets.ts'
import { expect, test } from './fixtures.ts'
import { hashOf, smallExperiment } from './smallExperiment.ts'

const defaultSpec = presetNamed('default').spec

test('a link opens its experiment, and the address bar holds every change', async ({
  lab,
  page,
  context,
}) => {
  await lab.open(smallExperiment)
  expect(await lab.spec()).toEqual(smallExperiment)
  await page.getByText('Recipe', { exact: true }).click()
  const seed = page.getByRole('textbox', { name: 'Seed' })
  await seed.fill('17')
  await seed.press('Enter')
  await expect.poll(async () => (await lab.spec()).seed).toBe(17)

  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
  const opened = await other.evaluate(() => window.degradationLab?.spec.getState().spec)
  expect(opened).toEqual({ ...smallExperiment, seed: 17 })
})

test('Share gives a link to the experiment', async ({ lab, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await lab.open(smallExperiment)
  await lab.button('Share').click()
  const field = page.getByRole('textbox', { name: 'Link to this experiment' })
  await expect(field).toHaveValue(
    new RegExp(`#${hashOf(smallExperiment).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`),
  )
  await expect(page.getByText('Link copied.')).toBeVisible()
})

test('another link on the open page loads it', async ({ lab, page }) => {
  await lab.open('')
  expect(await lab.spec()).toEqual(defaultSpec)
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, hashOf(smallExperiment))
  await expect.poll(() => lab.spec()).toEqual(smallExperiment)
})

const valid = hashOf(smallExperiment)
const hostile: readonly (readonly [string, string])[] = [
  ['an unknown key', 'v=1&preset=default&colour=red'],
  ['a key that is every object’s', 'v=1&preset=default&__proto__=1&constructor=2'],
  [
    'a number that is none',
    `v=1&preset=default&${
      valid
        .split('&')
        .find((part) => /steps|^s=/.test(part))
        ?.split('=')[0] ?? 'steps'
    }=NaN`,
  ],
  ['a version from the future', 'v=999&preset=default'],
  ['markup', 'v=1&preset=<img src=x onerror=alert(1)>'],
  ['a megabyte', `v=1&preset=${'x'.repeat(1_000_000)}`],
]

for (const [what, hash] of hostile) {
  test(`a link with ${what} opens the default and says what was not understood`, async ({ lab, page }) => {
    await lab.open(hash)
    expect(await lab.spec()).toEqual(defaultSpec)
    await expect(page.getByRole('status').getByText(/link/i).first()).toBeVisible()
    expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([])
    await page.getByRole('button', { name: 'Dismiss' }).first().click()
    await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  })
}

test('a depth that no machine can train is refused with a sentence', async ({ lab, page }) => {
  const deep = hashOf({
    ...smallExperiment,
    networks: [
      { depth: 8, shortcut: 'none' },
      { depth: 14, shortcut: 'none' },
    ],
  })
  const hash = deep.replace(/14/g, '6000000002')
  expect(hash).not.toBe(deep)
  await lab.open(hash)
  expect((await lab.spec()).networks.every(({ depth }) => depth <= 1202)).toBe(true)
  await expect(
    page
      .getByRole('status')
      .getByText(/6000000002|depth/i)
      .first(),
  ).toBeVisible()
})

test('Back brings a set-up back that a preset replaced', async ({ lab, page }) => {
  await lab.open(smallExperiment)
  await page.evaluate(() => window.degradationLab?.controller.loadPreset('quick'))
  await expect.poll(() => lab.spec()).toEqual(presetNamed('quick').spec)
  await page.goBack()
  await expect.poll(() => lab.spec()).toEqual(smallExperiment)
})
