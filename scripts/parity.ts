import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describeOutcome } from './parity/describeOutcome.ts'
import type { Judge } from './parity/Judge.ts'
import { openBrowserJudge } from './parity/openBrowserJudge.ts'
import { openNativeJudge, openNodeJudge } from './parity/openNodeJudge.ts'
import { type ParityEngine, readArguments, usage } from './parity/readArguments.ts'

const extension = '.safetensors'

const openJudge = (engine: ParityEngine): Promise<Judge> => {
  if (engine.executor === 'native') return engine.isInBrowser ? openBrowserJudge('native') : openNativeJudge()
  if (engine.executor === 'fused') return openBrowserJudge('fused')
  return engine.backend === 'webgl' ? openBrowserJudge('composed') : openNodeJudge(engine.backend)
}

/** The folder as the person who called meant it: npm starts programs in the project's own folder. */
const findFolder = (named: string): string | null => {
  const places = [resolve(named), resolve(process.env.INIT_CWD ?? '.', named)]
  return places.find((place) => existsSync(place)) ?? null
}

const main = async (): Promise<number> => {
  const asked = readArguments(process.argv.slice(2))
  if (typeof asked === 'string') {
    console.error(`${asked}\n${usage}`)
    return 2
  }
  const folder = findFolder(asked.folder)
  if (folder === null) {
    console.error(`There is no folder ${asked.folder}.`)
    return 2
  }
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .sort()
  const names = files.map((file) => basename(file, extension))
  const width = Math.max(0, ...names.map((name) => name.length))
  const counts = { passed: 0, failed: 0 }

  for (const engine of asked.engines) {
    const judge = await openJudge(engine)
    console.log(`${engine.executor === 'composed' ? engine.backend : engine.executor}: ${judge.device}`)
    try {
      for (const [index, file] of files.entries()) {
        const outcome = await judge.judge(readFileSync(join(folder, file)))
        counts[outcome.status === 'passed' ? 'passed' : 'failed']++
        console.log(describeOutcome(names[index] ?? file, outcome, width))
      }
    } finally {
      await judge.close()
    }
  }
  if (counts.passed + counts.failed === 0) console.error(`Nothing in ${asked.folder} could be run.`)
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
