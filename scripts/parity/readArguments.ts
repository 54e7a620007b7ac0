/** The engines that a fixture can be run on, each by name. */
export const parityBackends = ['cpu', 'wasm', 'webgl'] as const
export type ParityBackend = (typeof parityBackends)[number]

export interface ParityArguments {
  readonly folder: string
  readonly backends: readonly ParityBackend[]
}

export const usage =
  'Usage: npm run parity -- DIR [--backend cpu|wasm|webgl|all]\nRuns every *.safetensors fixture in DIR through the engine (on cpu, unless another is named).'

/** What was asked for on the command line, or a sentence that says what is wrong with it. */
export const readArguments = (argv: readonly string[]): ParityArguments | string => {
  const folders: string[] = []
  const backends: ParityBackend[] = []
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] ?? ''
    const [flag, joined] = argument.split('=', 2)
    if (flag === '--backend') {
      const value = joined ?? argv[++i] ?? ''
      if (value === 'all') backends.push(...parityBackends)
      else if (isBackend(value)) backends.push(value)
      else return `There is no backend called "${value}": it is cpu, wasm, webgl or all.`
    } else if (argument.startsWith('-')) return `There is no option ${argument}.`
    else folders.push(argument)
  }
  const [folder] = folders
  if (folder === undefined || folders.length > 1) return 'Name one folder of fixtures.'
  return { folder, backends: backends.length === 0 ? ['cpu'] : [...new Set(backends)] }
}

const isBackend = (value: string): value is ParityBackend =>
  parityBackends.some((backend) => backend === value)
