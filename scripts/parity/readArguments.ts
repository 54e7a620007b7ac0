/** The backends of tfjs that the composed executor can run a fixture on. */
export const parityBackends = ['cpu', 'wasm', 'webgl'] as const
export type ParityBackend = (typeof parityBackends)[number]

/** What a fixture is run on. */
export type ParityEngine =
  | { readonly executor: 'composed'; readonly backend: ParityBackend }
  | { readonly executor: 'native'; readonly isInBrowser: boolean }
  /** WebGL in Chromium: the only place where it runs. */
  | { readonly executor: 'fused' }

export interface ParityArguments {
  readonly folder: string
  readonly engines: readonly ParityEngine[]
}

export const usage = `Usage: npm run parity -- DIR [--executor composed] [--backend cpu|wasm|webgl|all]
       npm run parity -- DIR --executor fused [--backend webgl]
       npm run parity -- DIR --executor native [--browser]
Runs every *.safetensors fixture in DIR: by the executor on tfjs (composed; on cpu, unless another backend is named), by the lab's own
launches on WebGL (fused; in Chromium), or by its own engine in WebAssembly (native; in this process, or with --browser in Chromium).`

/** What was asked for on the command line, or a sentence that says what is wrong with it. */
export const readArguments = (argv: readonly string[]): ParityArguments | string => {
  const folders: string[] = []
  const backends: ParityBackend[] = []
  let executor: ParityEngine['executor'] = 'composed'
  let isInBrowser = false
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] ?? ''
    const [flag, joined] = argument.split('=', 2)
    if (flag === '--backend') {
      const value = joined ?? argv[++i] ?? ''
      if (value === 'all') backends.push(...parityBackends)
      else if (isBackend(value)) backends.push(value)
      else return `There is no backend called "${value}": it is cpu, wasm, webgl or all.`
    } else if (flag === '--executor') {
      const value = joined ?? argv[++i] ?? ''
      if (value !== 'composed' && value !== 'fused' && value !== 'native')
        return `There is no executor called "${value}": it is composed, fused or native.`
      executor = value
    } else if (argument === '--browser') isInBrowser = true
    else if (argument.startsWith('-')) return `There is no option ${argument}.`
    else folders.push(argument)
  }
  const [folder] = folders
  if (folder === undefined || folders.length > 1) return 'Name one folder of fixtures.'
  if (executor === 'fused') {
    if (isInBrowser) return 'The fused executor always runs in Chromium: leave --browser away.'
    if (backends.some((backend) => backend !== 'webgl')) return 'The fused executor runs on WebGL only.'
    return { folder, engines: [{ executor }] }
  }
  if (executor === 'native') {
    if (backends.length > 0)
      return 'The native executor runs on no backend of tfjs. Leave --backend away, and say --browser to run it in Chromium.'
    return { folder, engines: [{ executor, isInBrowser }] }
  }
  if (isInBrowser)
    return 'Where the composed executor runs follows from its backend: --backend webgl runs in Chromium.'
  const asked = backends.length === 0 ? (['cpu'] as const) : [...new Set(backends)]
  return { folder, engines: asked.map((backend) => ({ executor: 'composed', backend })) }
}

const isBackend = (value: string): value is ParityBackend =>
  parityBackends.some((backend) => backend === value)
