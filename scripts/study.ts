// npm run study -- [LINK_OR_JSON] --out DIR: every shortcut, or every order, at one depth with several seeds.
import { resolve } from 'node:path'
import { curveLabel } from '../src/domain/curveLabel.ts'
import {
  continuedStudy,
  isNewTo,
  isSameStudy,
  missingExperiments,
  type StudyExperiment,
  type StudyRecord,
  type StudyRequest,
  studyBaseOf,
  studyProblems,
  withResults,
} from '../src/domain/study.ts'
import { resultsOfFailure, resultsOfRun } from '../src/domain/studyResults.ts'
import { runInNode } from '../src/worker/science/trainInNode.ts'
import { createProgressWriter, progressLine } from './experiment/progressLine.ts'
import { readExperiment } from './experiment/readExperiment.ts'
import { readArguments, type StudyArguments, usage } from './study/readArguments.ts'
import { readStudy, writeStudy } from './study/studyFiles.ts'
import { studyTable } from './study/studyTable.ts'

const requestOf = (args: StudyArguments): StudyRequest => {
  const base = studyBaseOf(readExperiment(args.source, args))
  if (base.dataset.source === 'cifar10')
    throw new Error('This command draws its own images: choose digits, fractals or shapes.')
  const request = { kind: args.kind, depth: args.depth, seeds: args.seeds, base }
  const problems = studyProblems(request)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return request
}

/** What the folder holds of this study already, or a new one. */
const openStudy = (request: StudyRequest, args: StudyArguments, directory: string): StudyRecord => {
  const earlier = args.isFresh ? null : readStudy(directory)
  if (earlier !== null && !isSameStudy(request, earlier.request))
    throw new Error(`${args.directory} holds another study. Choose another folder, or --fresh.`)
  return continuedStudy(request, earlier)
}

/** Trains one experiment with progress on stderr, and says on stdout what came of it. */
const perform = async (record: StudyRecord, experiment: StudyExperiment): Promise<StudyRecord> => {
  const { spec, seed, variants } = experiment
  const writer = createProgressWriter()
  const labels = spec.networks.map(curveLabel)
  const startedAt = performance.now()
  const { run, failure } = await runInNode(spec, null, ({ step, trainingErrors }, seconds) => {
    const progress = { status: 'running', stage: null, stageFraction: 0, step, seconds, trainingErrors }
    writer.write(progressLine(progress, spec.recipe.steps, labels))
  })
  writer.end()
  const fresh = failure === null ? resultsOfRun(experiment, run) : resultsOfFailure(experiment, failure)
  if (!isNewTo(record, fresh))
    throw new Error(failure?.sentence ?? `Seed ${seed} gave no error of ${labels.join(', ')}.`)
  const words = variants.flatMap(({ id }) =>
    fresh.flatMap((result) => {
      if (result.variant !== id) return []
      return result.kind === 'finished' ? [`${id} ${result.trainingError.toFixed(1)} %`] : [result.sentence]
    }),
  )
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`seed ${seed}: ${words.join(', ')} (${seconds} s)`)
  return withResults(record, fresh)
}

const main = async (): Promise<number> => {
  const args = readArguments(process.argv.slice(2))
  if (args === 'help') {
    console.log(usage)
    return 0
  }
  const directory = resolve(args.directory)
  const request = requestOf(args)
  let record = openStudy(request, args, directory)
  writeStudy(record, directory)
  for (;;) {
    const left = missingExperiments(record, args.only)
    const [next] = left
    if (next === undefined) break
    console.log(`${left.length} ${left.length === 1 ? 'experiment' : 'experiments'} to run`)
    record = await perform(record, next)
    writeStudy(record, directory)
  }
  console.log(`\n${studyTable(record)}`)
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
