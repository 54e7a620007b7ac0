import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { builtPage } from '../lib/ensureBuilt.mjs'

/** All that the page fetches by itself, its charts included, but not the worker that trains; gzipped. */
const ownLimitKb = 250

/** All that it fetches when somebody opens it: panels, the folds of the set-up, the close-up of a block; gzipped. */
const openedLimitKb = 40

/** Modules that are no part of the first view and yet fetched without a click. */
const fetchedByItself = ['CurvesPanel', 'exampleImages']

/** Modules that are fetched to write a file. */
const fetchedToSave = ['saveRun']

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
  ...[...code.matchAll(/["'`]\.\/(?:assets\/)?([^"'`]+\.css)["'`]/g)].map((m) => m[1] ?? ''),
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

/** The module that a file of the page was made of: its name without the hash. @param {string} file */
const moduleOf = (file) => file.replace(/^.*\//, '').replace(/-[\w-]{8}\.\w+$/, '')

/** @param {string} title @param {readonly string[]} files */
const list = (title, files) => {
  console.log(`${kb(total(files))}  ${title}`)
  for (const file of files) console.log(`${kb(gzipped(file))}    ${file}`)
}

/**
 * The files of the built page by when they are fetched. `onRequest` are those that come only when somebody opens what they draw;
 * e2e/pageParts.spec.ts holds the page to that.
 */
export const pageParts = () => {
  const html = readFileSync(join(builtPage, 'index.html'), 'utf8')
  const firstView = withImports(['index.html', ...namedByPage(html)], importedAtOnce)
  const whole = withImports(firstView, (code) => [...importedAtOnce(code), ...importedLater(code)])
  const byItself = withImports(
    [...firstView, ...whole.filter((file) => fetchedByItself.includes(moduleOf(file)))],
    importedAtOnce,
  )
  return {
    firstView,
    afterwards: byItself.filter((file) => !firstView.includes(file)),
    onRequest: whole.filter((file) => !byItself.includes(file)),
  }
}

/** Size of the built page against its limit. @returns {import('../lib/countTests.mjs').Counts} */
export const checkPageSize = () => {
  const page = join(builtPage, 'index.html')
  if (!existsSync(page)) {
    console.error('There is no built page to measure.')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const { firstView, afterwards, onRequest } = pageParts()
  list('The first view', firstView)
  list('Fetched by itself afterwards', afterwards)
  const opened = onRequest.filter((file) => !fetchedToSave.includes(moduleOf(file)))
  list('Fetched when it is opened', opened)
  list(
    'Fetched to save a file',
    onRequest.filter((file) => !opened.includes(file)),
  )
  const byItself = total(firstView) + total(afterwards)
  console.log(`${kb(byItself)}  by itself, gzipped (limit ${ownLimitKb} kB)`)
  console.log(`${kb(total(opened))}  when it is opened, gzipped (limit ${openedLimitKb} kB)`)
  const all = readdirSync(builtPage, { recursive: true })
    .map((file) => statSync(join(builtPage, String(file))))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0)
  console.log(`${kb(all)}  everything, with worker, wasm and fonts, not compressed`)
  const missing = fetchedByItself.filter((name) => !afterwards.some((file) => moduleOf(file) === name))
  if (missing.length > 0) console.error(`No part of the page is called ${missing.join(', ')}.`)
  const isSmall = byItself <= ownLimitKb * 1000 && total(opened) <= openedLimitKb * 1000
  if (!isSmall) console.error('The page is over its limit.')
  const isGood = isSmall && missing.length === 0
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 }
}
