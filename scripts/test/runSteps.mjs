import { ensureBrowser } from '../lib/browser.mjs'

/**
 * @typedef {import('../lib/countTests.mjs').Counts} Counts
 * @typedef {import('./steps.mjs').Step} Step
 */

const isColoured = process.stdout.isTTY === true
/** Programs that colour whatever they write to are asked not to where it goes into a file. */
const colours = isColoured ? {} : { NO_COLOR: '1' }
/** @param {string} text */
const bold = (text) => (isColoured ? `\u001b[1m${text}\u001b[0m` : text)

/** @param {Counts} a @param {Counts} b @returns {Counts} */
const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

/** @param {Counts} counts */
const describe = ({ passed, failed, skipped }) =>
  `${failed === 0 ? 'ok    ' : 'FAILED'}  ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/**
 * Runs the steps one after another, all of them whatever fails, and sums up.
 * @param {readonly Step[]} steps
 * @returns {Promise<Counts>}
 */
export const runSteps = async (steps) => {
  /** @type {string | null} */
  let browser = null
  if (steps.some((step) => step.needsBrowser)) {
    browser = await ensureBrowser()
    if (browser !== null) console.log(`Browser: ${browser}`)
  }
  /** @type {{ step: Step, counts: Counts, seconds: number }[]} */
  const results = []
  for (const step of steps) {
    console.log(bold(`\n── ${step.title} ──`))
    const start = performance.now()
    const counts =
      step.needsBrowser && browser === null
        ? { passed: 0, failed: 1, skipped: 0 }
        : await step.run({ ...colours, ...(browser === null ? {} : { CHROME_PATH: browser }) })
    results.push({ step, counts, seconds: (performance.now() - start) / 1000 })
  }
  console.log(bold('\n── Summary ──'))
  const width = Math.max(...steps.map((step) => step.title.length))
  for (const { step, counts, seconds } of results) {
    console.log(`${step.title.padEnd(width)}  ${seconds.toFixed(0).padStart(4)} s  ${describe(counts)}`)
  }
  return results.reduce((sum, { counts }) => add(sum, counts), { passed: 0, failed: 0, skipped: 0 })
}
