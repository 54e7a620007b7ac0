import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { countClosingLine, countExit, countPlaywright, countVitest } from '../lib/countTests.mjs'
import { buildPage } from '../lib/ensureBuilt.mjs'
import { root } from '../lib/root.mjs'
import { runInstalled } from '../lib/runProgram.mjs'
import { checkPageSize } from './pageSize.mjs'

/**
 * @typedef {import('../lib/countTests.mjs').Counts} Counts
 * @typedef {Readonly<Record<string, string>>} Environment
 * @typedef {object} Step
 * @property {string} name for the command line
 * @property {string} title
 * @property {boolean} needsBrowser
 * @property {(env: Environment) => Promise<Counts>} run
 */

/** An empty place for a report. @param {string} name */
const reportFile = (name) => {
  const folder = join(root, 'node_modules/.cache/reports')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

/** Biome knows no NO_COLOR. @param {Environment} env */
const plain = (env) => (env.NO_COLOR === undefined ? [] : ['--colors=off'])

/** @param {string} project @param {readonly string[]} [options] @returns {(env: Environment) => Promise<Counts>} */
const vitest =
  (project, options = []) =>
  async (env) => {
    const file = reportFile(project)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { code } = await runInstalled(
      'vitest',
      'vitest',
      ['run', '--project', project, ...options, ...reporters],
      {
        env,
      },
    )
    return countVitest(file, code)
  }

const fixtures = '../shared/oracle'

/** @param {string} name @param {string} where @param {readonly string[]} options @returns {Step} */
const parity = (name, where, options) => ({
  name: `parity-${name}`,
  title: `Parity with PyTorch, ${where}`,
  needsBrowser: options.includes('webgl') || options.includes('--browser'),
  run: async (env) => {
    if (!existsSync(join(root, fixtures))) {
      console.log(`Skipped: the fixtures (${fixtures}) are not on this machine.`)
      return { passed: 0, failed: 0, skipped: 1 }
    }
    const args = ['scripts/parity.ts', fixtures, ...options]
    const { code, output } = await runInstalled('tsx', 'tsx', args, { env, capture: true })
    return countClosingLine(output, code)
  },
})

/** @type {readonly Step[]} */
const steps = [
  {
    name: 'types',
    title: 'Types',
    needsBrowser: false,
    run: async (env) => countExit((await runInstalled('typescript', 'tsc', ['-b'], { env })).code),
  },
  {
    name: 'lint',
    title: 'Lint and format',
    needsBrowser: false,
    run: async (env) =>
      countExit((await runInstalled('@biomejs/biome', 'biome', ['ci', '.', ...plain(env)], { env })).code),
  },
  { name: 'unit', title: 'Unit tests', needsBrowser: false, run: vitest('unit') },
  { name: 'engine-node', title: 'Engine in Node', needsBrowser: false, run: vitest('engine-node') },
  { name: 'engine-webgl', title: 'Engine on WebGL', needsBrowser: true, run: vitest('engine-webgl') },
  parity('cpu', 'cpu', ['--backend', 'cpu']),
  parity('wasm', 'wasm', ['--backend', 'wasm']),
  parity('webgl', 'webgl', ['--backend', 'webgl']),
  parity('fused', 'fused', ['--executor', 'fused', '--backend', 'webgl']),
  parity('native', 'native', ['--executor', 'native']),
  parity('native-browser', 'native in a browser', ['--executor', 'native', '--browser']),
  {
    name: 'science',
    title: 'Whole experiments',
    needsBrowser: false,
    // Each trains on one core for minutes.
    run: vitest('science', [`--maxWorkers=${Math.max(1, cpus().length)}`]),
  },
  {
    name: 'build',
    title: 'Build',
    needsBrowser: false,
    run: async () => countExit((await buildPage()) ? 0 : 1),
  },
  { name: 'size', title: 'Size of the page', needsBrowser: false, run: async () => checkPageSize() },
  {
    name: 'e2e',
    title: 'The built page in a browser',
    needsBrowser: true,
    run: async (env) => {
      const file = reportFile('e2e')
      const { code } = await runInstalled(
        '@playwright/test',
        'playwright',
        ['test', '--reporter=list,json'],
        {
          env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
        },
      )
      return countPlaywright(file, code)
    },
  },
  {
    name: 'firefox',
    title: 'The same weights in Firefox',
    needsBrowser: true,
    run: async (env) => {
      const { code, output } = await runInstalled('tsx', 'tsx', ['scripts/sameWeights.ts'], {
        env,
        capture: true,
      })
      return countClosingLine(output, code)
    },
  },
]

/**
 * The steps with these names, in their own order; all where none is named.
 * @param {readonly string[]} names
 * @returns {readonly Step[] | string} a sentence where a name is unknown
 */
export const selectSteps = (names) => {
  if (names.length === 0) return steps
  const unknown = names.find((name) => !steps.some((step) => step.name === name))
  if (unknown !== undefined) {
    return `There is no step called ${unknown}. The steps are: ${steps.map((step) => step.name).join(', ')}.`
  }
  return steps.filter((step) => names.includes(step.name))
}
