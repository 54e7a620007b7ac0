// The step `firefox` of npm test: the same links give the same weights, and the same numbers on the way, in browsers with different
// engines and with and without shared memory.
import { builtPage, ensureBuilt } from './lib/ensureBuilt.mjs'
import { ensureFirefox } from './lib/firefox.mjs'
import { servePage } from './lib/servePage.mjs'
import { type GoldenLink, goldenLinks } from './sameWeights/goldenLinks.ts'
import { openChromium } from './sameWeights/openChromium.ts'
import { openFirefox } from './sameWeights/openFirefox.ts'
import type { Trainer } from './sameWeights/Trainer.ts'
import type { Trained } from './sameWeights/trainInPage.ts'

interface Address {
  readonly address: string
  readonly isIsolated: boolean
}

const counts = { passed: 0, failed: 0, skipped: 0 }

/** What the first browser measured, by the link's name. */
const firstMeasured = new Map<string, string>()

/** What is wrong with the result of a link; null where nothing is. */
const problemOf = (link: GoldenLink, isIsolated: boolean, trained: Trained): string | null => {
  if (trained.executor !== 'native') return `trained by the ${trained.executor} executor`
  if (trained.isIsolated !== isIsolated) return isIsolated ? 'not isolated' : 'isolated'
  if (trained.weightsDigest !== link.weightsDigest) return `not ${link.weightsDigest}`
  const first = firstMeasured.get(link.name) ?? trained.measured
  firstMeasured.set(link.name, first)
  return trained.measured === first ? null : 'the same weights, but other errors or losses on the way'
}

/** Trains a link, prints its line and counts it. */
const check = async (trainer: Trainer, link: GoldenLink, { address, isIsolated }: Address): Promise<void> => {
  const where = `${trainer.name}${isIsolated ? '' : ', not isolated'}`
  const say = (problem: string | null, words: string): void => {
    counts[problem === null ? 'passed' : 'failed']++
    console.log(`${problem === null ? 'ok    ' : 'FAILED'}  ${link.name}, ${where}: ${words}`)
    if (problem !== null) console.log(`        ${problem}`)
  }
  try {
    const trained = await trainer.train(`${address}#${link.hash}`)
    const { weightsDigest, threads, seconds } = trained
    const facts = `${weightsDigest}, ${threads === 1 ? '1 thread' : `${threads} threads`}, ${seconds.toFixed(1)} s`
    say(problemOf(link, isIsolated, trained), facts)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'no result')
  }
}

/** Null where there is no Firefox that could be driven, said on stdout. */
const openFirefoxHere = async (): Promise<Trainer | null> => {
  const file = await ensureFirefox()
  if (file === null) {
    console.log('Skipped: there is no Firefox on this machine (FIREFOX_PATH names one).')
    return null
  }
  try {
    return await openFirefox(file)
  } catch (error) {
    console.log(
      `Skipped: ${file} cannot be driven. ${error instanceof Error ? error.message : String(error)}`,
    )
    return null
  }
}

const serve = async (isIsolated: boolean) => {
  const served = await servePage({ directory: builtPage, ports: [0], isolated: isIsolated })
  if (served === null) throw new Error('No port is free to serve the page.')
  return { ...served, isIsolated }
}

const main = async (): Promise<void> => {
  if (!(await ensureBuilt())) throw new Error('The page could not be built: see above.')
  const isolated = await serve(true)
  const open = await serve(false)
  const chromium = await openChromium()
  for (const link of goldenLinks) await check(chromium, link, isolated)
  await chromium.close()

  const firefox = await openFirefoxHere()
  const inFirefox = [
    ...goldenLinks.map((link) => ({ link, address: isolated })),
    ...goldenLinks.slice(0, 1).map((link) => ({ link, address: open })),
  ]
  if (firefox === null) counts.skipped += inFirefox.length
  else {
    for (const { link, address } of inFirefox) await check(firefox, link, address)
    await firefox.close()
  }
  await isolated.close()
  await open.close()
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  counts.failed++
}
const { passed, failed, skipped } = counts
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed === 0 ? 0 : 1)
