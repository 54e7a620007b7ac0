// Which executor trains, and what the page says of it. WebGL is drawn by the processor here.
import type { Page } from '@playwright/test'
import type { BackendChoice } from '../src/domain/experimentSpec.ts'
import { expect, test } from './fixtures.ts'
import { patchWorkers } from './patchWorkers.ts'
import { smallWithSteps } from './smallExperiment.ts'

const smallOn = (backend: BackendChoice) => ({ ...smallWithSteps(3), backend })

const deviceOf = (page: Page) => page.evaluate(() => window.degradationLab?.runs.getState().run?.device)

/** What stands in the status line, and what it tells who rests on it. */
const statusLine = async (page: Page, label: RegExp): Promise<string> => {
  const term = page.getByRole('contentinfo').getByRole('button', { name: label })
  await term.hover()
  const tip = page.locator('.tip__box:popover-open')
  await expect(tip).toBeVisible()
  return (await tip.textContent()) ?? ''
}

test('a link that asks for WebGL trains by the lab’s own shaders, and fetches no TensorFlow.js', async ({
  lab,
  page,
}) => {
  test.slow()
  const fetched: Promise<string>[] = []
  page.on('response', (response) => {
    if (/\/assets\/[^/]+\.js$/.test(response.url())) fetched.push(response.text().catch(() => ''))
  })
  const stages = new Set<string>()
  await lab.open('v=1&preset=default&nets=plain-8,A-8&size=12&width=4&batch=16&steps=3&backend=webgl')
  await page.exposeFunction('stageSeen', (stage: string) => stages.add(stage))
  await page.evaluate(() => {
    window.degradationLab?.runs.subscribe(({ preparation }) => {
      const { stageSeen } = window as unknown as { stageSeen?: (stage: string) => void }
      if (preparation !== null) stageSeen?.(preparation.stage)
    })
  })
  await lab.runButton.click()
  await lab.finish(120_000)
  expect(await deviceOf(page)).toMatchObject({ executor: 'fused', backend: 'webgl', reproducible: false })
  const told = await statusLine(page, /^WebGL, fused · .*SwiftShader/)
  expect(told).toContain('It was chosen in the setup.')
  expect(told).toContain('Fused: the lab’s own shaders')
  expect([...stages]).toContain('shaders')
  // A word of tfjs's WebGL backend that no minifier changes.
  const sources = await Promise.all(fetched)
  expect(sources.length).toBeGreaterThan(2)
  expect(sources.filter((source) => source.includes('WEBGL_PACK_DEPTHWISECONV'))).toEqual([])
})

test('a link that asks for TensorFlow.js trains by its operations', async ({ lab, page }) => {
  test.slow()
  await lab.open(smallOn('tfjs'))
  await lab.runButton.click()
  await lab.finish(120_000)
  expect(await deviceOf(page)).toMatchObject({ executor: 'composed', backend: 'webgl', reproducible: false })
  const told = await statusLine(page, /^WebGL, composed · .*SwiftShader/)
  expect(told).toContain('It was chosen in the setup.')
})

test('what trains can be chosen in the set-up, and stands in the link', async ({ lab, page }) => {
  await lab.open(smallOn('auto'))
  await page.getByText('Recipe', { exact: true }).click()
  const control = page.getByRole('combobox', { name: 'Executor' })
  await control.selectOption({ label: 'TensorFlow.js' })
  await expect(page.getByText(/^TensorFlow\.js: its operations on the graphics card/)).toBeVisible()
  await expect.poll(() => page.url()).toContain('backend=tfjs')
  await control.selectOption({ label: 'WebGL (GPU)' })
  await expect(page.getByText(/^WebGL: the lab’s own shaders on the graphics card/)).toBeVisible()
  await expect.poll(() => page.url()).toContain('backend=webgl')
})

test('the fastest is the lab’s own engine where the processor draws WebGL', async ({ lab, page }) => {
  await lab.open(smallOn('auto'))
  await lab.runButton.click()
  await lab.finish()
  expect(await deviceOf(page)).toMatchObject({ executor: 'native', reproducible: true })
  expect(await statusLine(page, /^WebAssembly, native, /)).toMatch(
    /WebGL runs on the processor here \(.*SwiftShader.*\), so the lab’s own engine trains\./,
  )
})

test('beside a graphics card both are timed, where the run is long, and both speeds are told', async ({
  lab,
  page,
}) => {
  test.slow()
  // Drawn by the processor all the same, so the lab's own engine is clearly faster.
  await patchWorkers(
    page,
    `const getParameter = WebGL2RenderingContext.prototype.getParameter
    WebGL2RenderingContext.prototype.getParameter = function (name) {
      const value = getParameter.call(this, name)
      return typeof value === 'string' && value.includes('SwiftShader') ? 'A graphics card' : value
    }`,
  )
  await lab.open(smallOn('auto'))
  await lab.runButton.click()
  await lab.finish()
  expect(await statusLine(page, /^WebAssembly, native, /)).toMatch(
    /The lab’s own engine takes [\d.]+ ms a step here and ends this run within 15 s, so the graphics card need not train\./,
  )
  await lab.open({ ...smallWithSteps(50_000), backend: 'auto' })
  await lab.runButton.click()
  await lab.reachStep(1, 120_000)
  // Drawn by the processor all the same: which of them wins says nothing.
  expect(await statusLine(page, /^(WebAssembly, native, |WebGL, fused · )/)).toMatch(
    /Measured over a few steps of these networks: [\d.]+ ms a step by the lab’s own engine on the processor, [\d.]+ ms by its shaders on the graphics card\./,
  )
})

test('networks that do not fit are trained by TensorFlow.js, and the page says why', async ({
  lab,
  page,
}) => {
  test.slow()
  await patchWorkers(
    page,
    `Object.defineProperty(WorkerNavigator.prototype, 'deviceMemory', { get: () => 0.0001 })`,
  )
  await lab.open(smallOn('webgl'))
  await lab.runButton.click()
  await lab.finish(120_000)
  expect(await deviceOf(page)).toMatchObject({ executor: 'composed', backend: 'webgl' })
  const told = await statusLine(page, /^WebGL, composed · /)
  expect(told).toMatch(/would take [\d.]+ [MG]B of graphics memory, and the lab takes at most /)
  expect(told).toContain('A smaller batch, smaller images')
  expect(told).toContain('So TensorFlow.js’s operations train on WebGL instead.')
})

test('a card with 16-bit floats alone is named as such', async ({ lab, page }) => {
  test.slow()
  await patchWorkers(
    page,
    `const getExtension = WebGL2RenderingContext.prototype.getExtension
    WebGL2RenderingContext.prototype.getExtension = function (name) {
      return name === 'EXT_color_buffer_float' ? null : getExtension.call(this, name)
    }
    const checkFramebufferStatus = WebGL2RenderingContext.prototype.checkFramebufferStatus
    const texImage2D = WebGL2RenderingContext.prototype.texImage2D
    let isFloat = false
    WebGL2RenderingContext.prototype.texImage2D = function (...args) {
      isFloat = args[2] === this.RGBA32F
      return texImage2D.apply(this, args)
    }
    WebGL2RenderingContext.prototype.checkFramebufferStatus = function (target) {
      return isFloat ? this.FRAMEBUFFER_UNSUPPORTED : checkFramebufferStatus.call(this, target)
    }`,
  )
  await lab.open(smallOn('webgl'))
  await lab.runButton.click()
  await lab.finish(120_000)
  expect(await deviceOf(page)).toMatchObject({ executor: 'composed', backend: 'webgl' })
  const told = await statusLine(page, /^WebGL, composed · .*, 16-bit floats/)
  expect(told).toContain('So TensorFlow.js’s operations train on WebGL instead.')
  expect(told).toContain('It has only 16-bit floats here, too coarse for most trainings.')
})
