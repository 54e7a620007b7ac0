import { expect, test } from './fixtures.ts'
import { smallWithSteps } from './smallExperiment.ts'

// As on a static host that lets nobody set headers.
test.use({ isolated: false })

test('on a host that does not isolate the page it trains all the same', async ({ lab }) => {
  await lab.open(smallWithSteps(8))
  await lab.runButton.click()
  await lab.finish()
  expect((await lab.measured()).steps).toHaveLength(8)
  const found = await lab.isolation()
  expect(found.length).toBeGreaterThan(1)
  expect(found).not.toContain(true)
})
