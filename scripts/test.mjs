// npm test: installs what it needs, a browser included, and checks everything. Its last line is "N passed, N failed".
// npm test -- types unit: only these steps.
import { requireNode } from './lib/nodeVersion.mjs'

requireNode()

const main = async () => {
  const { ensureInstalled } = await import('./lib/ensureInstalled.mjs')
  if (!(await ensureInstalled())) return { passed: 0, failed: 1, skipped: 0 }
  // Types are checked of what it makes, too.
  const { ensureCompiled } = await import('./lib/ensureCompiled.mjs')
  if (!(await ensureCompiled())) return { passed: 0, failed: 1, skipped: 0 }
  const { selectSteps } = await import('./test/steps.mjs')
  const { runSteps } = await import('./test/runSteps.mjs')
  const steps = selectSteps(process.argv.slice(2))
  if (typeof steps === 'string') {
    console.error(steps)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return runSteps(steps)
}

const { passed, failed, skipped } = await main()
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed === 0 ? 0 : 1
