import { parseArgs } from 'node:util'

export interface ExperimentArguments {
  /** A link, its hash, a JSON file or JSON itself; null: the default experiment. */
  readonly source: string | null
  readonly directory: string
  /** Training steps instead of the experiment's own; null: its own. */
  readonly steps: number | null
  readonly seed: number | null
  readonly isHeaded: boolean
  readonly usesGpu: boolean
  /** The visitor's CIFAR-10 files; empty where there are none. */
  readonly cifar: readonly string[]
}

export const usage = `npm run experiment -- [LINK_OR_JSON] --out DIR [options]

Runs an experiment in the built page and writes DIR/run.json, DIR/metrics.csv and DIR/figure.png.

  LINK_OR_JSON   a link of the lab (in quotes), its part after #, a JSON file (a run.json, too) or JSON text;
                 parts that JSON leaves out are the default experiment's. Without it: the default experiment.
  --out DIR      where to write
  --steps N      train N steps instead
  --seed N       another seed
  --cifar FILE…  your CIFAR-10: cifar-10-binary.tar.gz or its .bin files
  --gpu          let the browser use this machine's GPU
  --headed       show the browser`

const readWholeNumber = (name: string, text: string | undefined): number | null => {
  if (text === undefined) return null
  if (!/^\d+$/.test(text)) throw new Error(`--${name} needs a whole number, not "${text}".`)
  return Number(text)
}

/** `--cifar A B C` as three `--cifar`: a shell writes a pattern's files after one option. */
const repeatCifar = (args: readonly string[]): string[] => {
  const out: string[] = []
  let isCifar = false
  for (const arg of args) {
    if (arg === '--cifar') {
      isCifar = true
      continue
    }
    if (arg.startsWith('-')) isCifar = false
    if (isCifar && /\.(bin|gz|tgz|tar)$/i.test(arg)) out.push(`--cifar=${arg}`)
    else out.push(arg)
  }
  return out
}

/**
 * Reads the command line.
 * @throws Error with a sentence for people where it is not understood.
 */
export const readArguments = (args: readonly string[]): ExperimentArguments | 'help' => {
  const { values, positionals } = parseArgs({
    args: repeatCifar(args),
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      steps: { type: 'string' },
      seed: { type: 'string' },
      cifar: { type: 'string', multiple: true },
      gpu: { type: 'boolean', default: false },
      headed: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  if (positionals.length > 1) {
    throw new Error(
      `One experiment at a time, not ${positionals.length}. Put a link in quotes: it holds an &.`,
    )
  }
  if (values.out === undefined || values.out === '') throw new Error('Say where to write: --out DIR.')
  return {
    source: positionals[0] ?? null,
    directory: values.out,
    steps: readWholeNumber('steps', values.steps),
    seed: readWholeNumber('seed', values.seed),
    isHeaded: values.headed,
    usesGpu: values.gpu,
    cifar: values.cifar ?? [],
  }
}
