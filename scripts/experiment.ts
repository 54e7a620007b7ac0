// npm run experiment -- LINK_OR_JSON --out DIR: an experiment in the built page, in a browser without a window.
import { resolve } from 'node:path'
import { encodeLink } from '../src/domain/link.ts'
import { openLab } from './experiment/openLab.ts'
import { readArguments, usage } from './experiment/readArguments.ts'
import { readExperiment } from './experiment/readExperiment.ts'
import { resultTable } from './experiment/resultTable.ts'
import { giveCifar, runInPage } from './experiment/runInPage.ts'
import { writeMeasured, writeResults } from './experiment/writeResults.ts'
import { builtPage, ensureBuilt } from './lib/ensureBuilt.mjs'
import { servePage } from './lib/servePage.mjs'

const main = async (): Promise<number> => {
  const args = readArguments(process.argv.slice(2))
  if (args === 'help') {
    console.log(usage)
    return 0
  }
  const spec = readExperiment(args.source, args)
  if (spec.dataset.source === 'cifar10' && args.cifar.length === 0) {
    throw new Error('This experiment trains on CIFAR-10: name your file with --cifar cifar-10-binary.tar.gz.')
  }
  const directory = resolve(args.directory)
  if (!(await ensureBuilt())) throw new Error('The page could not be built: see above.')
  const served = await servePage({ directory: builtPage, ports: [0] })
  if (served === null) throw new Error('No port is free to serve the page.')
  const { browser, page } = await openLab({
    address: served.address,
    hash: encodeLink('default', spec),
    isHeaded: args.isHeaded,
    usesGpu: args.usesGpu,
  })
  try {
    if (args.cifar.length > 0) await giveCifar(page, args.cifar)
    const run = await runInPage(page, spec)
    if (run.status !== 'finished') {
      if (run.steps.length > 0) writeMeasured(run, directory)
      const kept =
        run.steps.length > 0 ? ` Its ${run.steps.length} steps are in ${args.directory}/metrics.csv.` : ''
      throw new Error(`The run did not finish. ${run.failure?.sentence ?? `It is ${run.status}.`}${kept}`)
    }
    const report = await writeResults(run, directory, page, served.address)
    console.log(resultTable(report))
    return 0
  } finally {
    await browser.close()
    await served.close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
