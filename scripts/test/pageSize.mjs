import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { builtPage } from '../lib/ensureBuilt.mjs'

/** Everything that the page itself fetches, its charts included, but not the worker that trains; gzipped. */
const limitKb = 250

/** @param {number} bytes */
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10)

/** @param {string} file */
const gzipped = (file) => gzipSync(readFileSync(join(builtPage, file)), { level: 9 }).length

/** Scripts, preloads and styles that the page names. @param {string} html @returns {string[]} */
const namedByPage = (html) =>
  [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(
    (m) => m[1] ?? '',
  )

/** Modules that a built module imports before it runs. @param {string} code @returns {string[]} */
const importedAtOnce = (code) =>
  [
    ...code.matchAll(/(?:^|[;\n}])\s*(?:import|export)\s*(?:[^"'`()]*?from\s*)?["'`]\.\/([^"'`]+\.js)["'`]/g),
  ].map((m) => m[1] ?? '')

/** Modules that it imports when they are needed, and their styles. @param {string} code @returns {string[]} */
const importedLater = (code) => [
  ...[...code.matchAll(/\bimport\(["'`]\.\/([^"'`]+\.js)["'`]\)/g)].map((m) => m[1] ?? ''),
  ...[...code.matchAll(/["'`]\.?\/?assets\/([^"'`]+\.css)["'`]/g)].map((m) => m[1] ?? ''),
]

/**
 * The files with everything that they import, and so on.
 * @param {readonly string[]} files
 * @param {(code: string) => readonly string[]} importsOf
 */
const withImports = (files, importsOf) => {
  /** @type {Set<string>} */
  const found = new Set()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    if (!file.endsWith('.js')) continue
    const folder = file.slice(0, file.lastIndexOf('/') + 1)
    waiting.push(...importsOf(readFileSync(join(builtPage, file), 'utf8')).map((name) => folder + name))
  }
  return [...found]
}

/** @param {readonly string[]} files */
const total = (files) => files.reduce((sum, file) => sum + gzipped(file), 0)

/** Size of the built page against its limit. @returns {import('../lib/countTests.mjs').Counts} */
export const checkPageSize = () => {
  const page = join(builtPage, 'index.html')
  if (!existsSync(page)) {
    console.error('There is no built page to measure.')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const shell = withImports(['index.html', ...namedByPage(readFileSync(page, 'utf8'))], importedAtOnce)
  const whole = withImports(shell, (code) => [...importedAtOnce(code), ...importedLater(code)])
  for (const file of whole)
    console.log(`${kb(gzipped(file))}  ${file}${shell.includes(file) ? '' : ' (later)'}`)
  console.log(`${kb(total(shell))}  for the first view, gzipped`)
  console.log(`${kb(total(whole))}  with all that the page loads later (limit ${limitKb} kB)`)
  const all = readdirSync(builtPage, { recursive: true })
    .map((file) => statSync(join(builtPage, String(file))))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0)
  console.log(`${kb(all)}  everything, with worker, wasm and fonts, not compressed`)
  const isSmall = total(whole) <= limitKb * 1000
  if (!isSmall) console.error('The page is over its limit.')
  return { passed: isSmall ? 1 : 0, failed: isSmall ? 0 : 1, skipped: 0 }
}
