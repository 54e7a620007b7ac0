import type { ExperimentSpec } from '../src/domain/experimentSpec.ts'
import { expect, test } from './fixtures.ts'
import { smallExperiment, smallWithSteps } from './smallExperiment.ts'
import { syntheticArchive, syntheticBatch } from './syntheticCifar.ts'

const onCifar: ExperimentSpec = {
  ...smallExperiment,
  dataset: { ...smallExperiment.dataset, source: 'cifar10', imageSize: 16 },
  recipe: { ...smallExperiment.recipe, steps: 12 },
}

const archive = {
  name: 'cifar-10-binary.tar.gz',
  mimeType: 'application/gzip',
  buffer: syntheticArchive(200),
}

test('the visitor’s archive is read, kept, and trained on', async ({ lab, page }) => {
  await lab.open(onCifar)
  await page.getByLabel('CIFAR-10 files').setInputFiles(archive)
  await expect(page.getByText(/1,000 training and 200 validation images/)).toBeVisible()
  await lab.runButton.click()
  await lab.finish()
  expect((await lab.measured()).steps).toHaveLength(12)

  await page.reload()
  await expect(page.getByText(/1,000 training and 200 validation images/)).toBeVisible()
  await lab.runButton.click()
  await lab.finish()

  await lab.button('Forget them').click()
  await expect(lab.button(/choose/i)).toBeVisible()
})

test('its .bin files are read as well', async ({ lab, page }) => {
  await lab.open(onCifar)
  await page.getByLabel('CIFAR-10 files').setInputFiles([
    { name: 'data_batch_1.bin', mimeType: 'application/octet-stream', buffer: syntheticBatch(300, 1) },
    { name: 'test_batch.bin', mimeType: 'application/octet-stream', buffer: syntheticBatch(100, 2) },
  ])
  await expect(page.getByText(/300 training and 100 validation images/)).toBeVisible()
})

test('without the file, a run says what is missing', async ({ lab, page }) => {
  await lab.open(onCifar)
  await lab.runButton.click()
  await expect(page.getByText('No images yet')).toBeVisible()
})

const damaged = Buffer.from(archive.buffer)
damaged.fill(7, Math.floor(damaged.length / 2), Math.floor(damaged.length / 2) + 400)
const wrong: readonly (readonly [string, { name: string; mimeType: string; buffer: Buffer }])[] = [
  ['a picture', { name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from('\u0089PNG not a data set') }],
  ['an archive cut short', { ...archive, buffer: archive.buffer.subarray(0, archive.buffer.length / 2) }],
  ['a damaged archive', { ...archive, buffer: damaged }],
  ['an empty file', { name: 'data_batch_1.bin', mimeType: '', buffer: Buffer.alloc(0) }],
  [
    'a batch cut short',
    { name: 'data_batch_1.bin', mimeType: '', buffer: syntheticBatch(200, 1).subarray(0, 100_000) },
  ],
]

for (const [what, file] of wrong) {
  test(`${what} is refused with a sentence, and the running experiment goes on untouched`, async ({
    lab,
    page,
  }) => {
    await lab.open(smallWithSteps(5000))
    await lab.runButton.click()
    await lab.reachStep(2)
    // Dropped on the page: digits are being trained on, so the set-up shows no file chooser.
    await page.evaluate(
      ({ name, base64 }) => {
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const transfer = new DataTransfer()
        transfer.items.add(new File([content], name))
        window.dispatchEvent(
          new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }),
        )
      },
      { name: file.name, base64: file.buffer.toString('base64') },
    )
    const sentence = () => page.evaluate(() => window.degradationLab?.cifar.getState().refusal ?? '')
    await expect.poll(sentence).toMatch(/\w.{20,}\.$/s)
    await expect(page.getByText(await sentence())).toBeVisible()
    const before = await lab.step()
    await lab.reachStep(before + 5)
    await expect(lab.pauseButton).toBeVisible()
  })
}
