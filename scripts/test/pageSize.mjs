import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { builtPage } from '../lib/ensureBuilt.mjs'

/** What a visitor's browser fetches before the lab can be seen and used, gzipped. */
const shellLimitKb = 250

/** @param {number} bytes */
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`

/** @param {string} file */
const gzipped = (file) => gzipSync(readFileSync(join(builtPage, file)), { level: 9 }).length

/** @param {string} html @returns {string[]} scripts, preloads and styles that the page itself names */
const namedByPage = (html) =>
  [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(
    (m) => m[1] ?? '',
  )

/** Static imports of a built module: they are fetched before it runs. @param {string} code @returns {string[]} */
const staticImports = (code) =>
  [...code.matchAll(/(?:^|[;\n}])\s*(?:import|export)\s*(?:[^"'()]*?from\s*)?["']\.\/([^"']+\.js)["']/g)].map(
    (m) => m[1] ?? '',
  )

/** @param {string} html */
const shellFiles = (html) => {
  const found = new Set(['index.html'])
  const waiting = namedByPage(html)
  while (waiting.length > 0) {
    const file = waiting.pop()
    if (file === undefined || found.has(file)) continue
    found.add(file)
    if (!file.endsWith('.js')) continue
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : ''
    waiting.push(...staticImports(readFileSync(join(builtPage, file), 'utf8')).map((name) => folder + name))
  }
  return [...found]
}

/** Size of the built page against its limit. @returns {import('../lib/countTests.mjs').Counts} */
export const checkPageSize = () => {
  const page = join(builtPage, 'index.html')
  if (!existsSync(page)) {
    console.error('There is no built page to measure.')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const shell = shellFiles(readFileSync(page, 'utf8')).map((file) => ({ file, bytes: gzipped(file) }))
  const total = shell.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { file, bytes } of shell) console.log(`  ${kb(bytes).padStart(10)}  ${file}`)
  console.log(`  ${kb(total).padStart(10)}  shell, gzipped (limit ${shellLimitKb} kB)`)
  const all = readdirSync(builtPage, { recursive: true })
    .map((file) => statSync(join(builtPage, String(file))))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0)
  console.log(`  ${kb(all).padStart(10)}  everything, with worker, wasm and fonts, not compressed`)
  const isSmall = total <= shellLimitKb * 1000
  if (!isSmall) console.error('The shell is over its limit.')
  return { passed: isSmall ? 1 : 0, failed: isSmall ? 0 : 1, skipped: 0 }
}
