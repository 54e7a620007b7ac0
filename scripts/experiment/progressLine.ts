/** What the page says of itself while an experiment runs; plain data, as it comes out of the page. */
export interface Progress {
  readonly status: string
  readonly stage: string | null
  readonly stageFraction: number
  readonly step: number
  readonly seconds: number
  readonly trainingErrors: readonly number[]
}

const stageWords: Readonly<Record<string, string>> = {
  loading: 'loading',
  data: 'making the images',
  networks: 'building the networks',
  shaders: 'compiling shaders',
  'first-step': 'compiling the first step',
}

/** One line that says where an experiment stands. */
export const progressLine = (progress: Progress, steps: number, labels: readonly string[]): string => {
  const { stage, stageFraction, step, seconds, trainingErrors } = progress
  if (step === 0) {
    const words = stage === null ? progress.status : (stageWords[stage] ?? stage)
    return `${words} ${Math.round(stageFraction * 100)} %`
  }
  const left = seconds > 0 ? ((steps - step) * seconds) / step : 0
  const errors = labels.map((label, i) => `${label} ${trainingErrors[i]?.toFixed(0) ?? '–'} %`).join(', ')
  const time = left >= 90 ? `${Math.round(left / 60)} min` : `${Math.ceil(left)} s`
  return `step ${step} of ${steps}, ${time} left; training error: ${errors}`
}

/** Writes lines to stderr: over one another on a terminal, else one every ten seconds. */
export const createProgressWriter = (): {
  readonly write: (line: string) => void
  readonly end: () => void
} => {
  const isTerminal = process.stderr.isTTY === true
  let lastAt = Number.NEGATIVE_INFINITY
  let last = ''
  const put = (line: string): void => {
    process.stderr.write(
      isTerminal ? `\r\u001b[K${line.slice(0, process.stderr.columns ?? 120)}` : `${line}\n`,
    )
    lastAt = performance.now()
  }
  return {
    write: (line) => {
      const isDue = isTerminal || performance.now() - lastAt > 10_000
      if (line !== last && isDue) put(line)
      last = line
    },
    end: () => {
      if (isTerminal) process.stderr.write('\n')
    },
  }
}
