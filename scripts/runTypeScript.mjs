// Runs a TypeScript program of this project on a machine where perhaps nothing is installed yet:
// node scripts/runTypeScript.mjs scripts/experiment.ts ARGUMENTS
import { requireNode } from './lib/nodeVersion.mjs'

requireNode()

const main = async () => {
  const { ensureInstalled } = await import('./lib/ensureInstalled.mjs')
  if (!(await ensureInstalled())) return 1
  const { ensureCompiled } = await import('./lib/ensureCompiled.mjs')
  if (!(await ensureCompiled())) return 1
  const { runInstalled } = await import('./lib/runProgram.mjs')
  // Ctrl-C reaches the program too, and it is the one to say how it ends.
  process.on('SIGINT', () => {})
  return (await runInstalled('tsx', 'tsx', process.argv.slice(2))).code
}

process.exitCode = await main()
