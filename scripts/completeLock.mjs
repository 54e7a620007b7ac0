// After a change of dependencies: adds what npm left out of package-lock.json (see lib/lockFile.mjs), so that `npm ci` works.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entryFor, missingOptionalPackages } from './lib/lockFile.mjs'
import { root } from './lib/root.mjs'

const file = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = missingOptionalPackages(lock.packages)
for (const one of missing) {
  const entry = entryFor(one, lock.packages[one.parent].dev === true)
  if (entry === null) {
    console.error(`No entry can be made for ${one.name} ${one.version}: its name does not say where it runs.`)
    process.exitCode = 1
  } else lock.packages[`node_modules/${one.name}`] = entry
}
// The project itself is the empty name, so it stays first.
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(
  missing.length === 0 ? 'The lock file was complete.' : `${missing.length} entries added to the lock file.`,
)
