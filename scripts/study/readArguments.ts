import { parseArgs } from 'node:util'
import { defaultStudyDepth, defaultStudySeeds } from '../../src/domain/study.ts'
import { type StudyKind, studyKinds, studyVariants } from '../../src/domain/studyVariants.ts'

export interface StudyArguments {
  /** A link, its hash, a JSON file or JSON itself, for data set, recipe and width; null: the default experiment's. */
  readonly source: string | null
  readonly kind: StudyKind
  readonly depth: number
  readonly seeds: number
  /** Training steps instead of the experiment's own; null: its own. */
  readonly steps: number | null
  /** The first seed; null: the experiment's own. */
  readonly seed: number | null
  /** Variants to run; null: all. */
  readonly only: readonly string[] | null
  readonly directory: string
  /** Whether to begin anew where the folder holds a study already. */
  readonly isFresh: boolean
}

export const usage = `npm run study -- [LINK_OR_JSON] --out DIR [options]

Trains every shortcut, or every order of batch norm and ReLU, at one depth with several seeds, in this process on WebAssembly.
Writes DIR/study.json after every experiment, and DIR/study.csv and DIR/study.svg. A study that was interrupted goes on where it
was: run the same command again.

  LINK_OR_JSON   data set, recipe and width; without it: the default experiment's
  --kind KIND    ${studyKinds.join(' or ')}; ${studyKinds[0]} by default
  --depth N      ${defaultStudyDepth} by default
  --seeds N      ${defaultStudySeeds} by default
  --seed N       the first seed
  --steps N      train N steps instead
  --only A,B     run these variants only
                   ${studyKinds
                     .map(
                       (kind) =>
                         `${kind}: ${studyVariants(kind)
                           .map(({ id }) => id)
                           .join(', ')}`,
                     )
                     .join('\n                   ')}
  --fresh        begin anew where DIR holds a study already
  --out DIR      where to write`

const readWholeNumber = (name: string, text: string | undefined): number | null => {
  if (text === undefined) return null
  if (!/^\d+$/.test(text)) throw new Error(`--${name} needs a whole number, not "${text}".`)
  return Number(text)
}

const readKind = (text: string): StudyKind => {
  const kind = studyKinds.find((candidate) => candidate === text)
  if (kind === undefined) throw new Error(`--kind is ${studyKinds.join(' or ')}, not "${text}".`)
  return kind
}

const readOnly = (kind: StudyKind, text: string | undefined): readonly string[] | null => {
  if (text === undefined) return null
  const known = studyVariants(kind).map(({ id }) => id)
  const wanted = text.split(',').map((name) => name.trim())
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new Error(`There is no variant "${unknown}" in a study of ${kind}; there are ${known.join(', ')}.`)
  return wanted
}

/**
 * Reads the command line.
 * @throws Error with a sentence for people where it is not understood.
 */
export const readArguments = (args: readonly string[]): StudyArguments | 'help' => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      kind: { type: 'string', default: 'shortcuts' },
      depth: { type: 'string' },
      seeds: { type: 'string' },
      seed: { type: 'string' },
      steps: { type: 'string' },
      only: { type: 'string' },
      // What an interrupted study does anyway.
      continue: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  if (positionals.length > 1)
    throw new Error(`One study at a time, not ${positionals.length}. Put a link in quotes: it holds an &.`)
  if (values.out === undefined || values.out === '') throw new Error('Say where to write: --out DIR.')
  if (values.continue && values.fresh) throw new Error('Either --continue or --fresh, not both.')
  const kind = readKind(values.kind)
  return {
    source: positionals[0] ?? null,
    kind,
    depth: readWholeNumber('depth', values.depth) ?? defaultStudyDepth,
    seeds: readWholeNumber('seeds', values.seeds) ?? defaultStudySeeds,
    steps: readWholeNumber('steps', values.steps),
    seed: readWholeNumber('seed', values.seed),
    only: readOnly(kind, values.only),
    directory: values.out,
    isFresh: values.fresh,
  }
}
