import { existsSync, readFileSync } from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * A step that is one check: passed or failed by its exit code.
 * @param {number} code
 * @returns {Counts}
 */
export const countExit = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 })

/**
 * A failure that no test counted (a suite that did not load, a crash) counts as one: exit codes are believed.
 * @param {Counts} counts
 * @param {number} code
 * @returns {Counts}
 */
const believeExit = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts)

/** @param {string} file @returns {any} */
const readReport = (file) => {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** @param {unknown} value */
const count = (value) => (typeof value === 'number' ? value : 0)

/**
 * From Vitest's JSON report.
 * @param {string} file
 * @param {number} code exit code of the run
 * @returns {Counts}
 */
export const countVitest = (file, code) => {
  const report = readReport(file)
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const skipped = count(report.numPendingTests) + count(report.numTodoTests)
  return believeExit(
    { passed: count(report.numPassedTests), failed: count(report.numFailedTests), skipped },
    code,
  )
}

/**
 * From Playwright's JSON report; a test that passed only when tried again counts as passed.
 * @param {string} file
 * @param {number} code
 * @returns {Counts}
 */
export const countPlaywright = (file, code) => {
  const stats = readReport(file)?.stats
  if (stats === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const passed = count(stats.expected) + count(stats.flaky)
  return believeExit({ passed, failed: count(stats.unexpected), skipped: count(stats.skipped) }, code)
}

/**
 * From the last "N passed, N failed, N skipped" that a program printed.
 * @param {string} output
 * @param {number} code
 * @returns {Counts}
 */
export const countClosingLine = (output, code) => {
  const lines = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/gm)]
  const last = lines.at(-1)
  if (last === undefined) return { passed: 0, failed: 1, skipped: 0 }
  return believeExit(
    { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3] ?? 0) },
    code,
  )
}
