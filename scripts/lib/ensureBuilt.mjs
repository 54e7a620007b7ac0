import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ensureCompiled } from './ensureCompiled.mjs'
import { root } from './root.mjs'
import { runInstalled } from './runProgram.mjs'

const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json']

/** Where the built page lies. */
export const builtPage = join(root, 'dist')

/** @param {string} path @returns {number} milliseconds; the newest file of a folder */
const newestChange = (path) => {
  if (!existsSync(path)) return 0
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  return readdirSync(path).reduce(
    (newest, name) => (isTest(name) ? newest : Math.max(newest, newestChange(join(path, name)))),
    own.mtimeMs,
  )
}

/** @param {string} name */
const isTest = (name) => /\.test\.tsx?$/.test(name)

const isBuilt = () => {
  const page = join(builtPage, 'index.html')
  if (!existsSync(page)) return false
  const builtAt = statSync(page).mtimeMs
  return sources.every((source) => newestChange(join(root, source)) <= builtAt)
}

/**
 * Builds the page into `dist`, with Vite; types are checked by `npm test`, not here.
 * @returns {Promise<boolean>} false where it failed; Vite has said why
 */
export const buildPage = async () =>
  (await runInstalled('vite', 'vite', ['build', '--logLevel', 'warn'], { aside: true })).code === 0

/**
 * Builds the page where it is missing or older than its sources.
 * @returns {Promise<boolean>} false where it failed
 */
export const ensureBuilt = async () => {
  // Before sources and page are compared: it is one of the sources.
  if (!(await ensureCompiled())) return false
  if (isBuilt()) return true
  console.error('Building the page …')
  return buildPage()
}
