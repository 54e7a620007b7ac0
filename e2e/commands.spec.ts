// The commands for people without a screen, as they are called.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from '../scripts/experiment/readArguments.ts'
import { readExperiment } from '../scripts/experiment/readExperiment.ts'
import { root } from '../scripts/lib/root.mjs'
import { expect, test } from './fixtures.ts'
import { hashOf, smallExperiment, smallWithSteps } from './smallExperiment.ts'
import { syntheticArchive } from './syntheticCifar.ts'

const experiment = ['scripts/runTypeScript.mjs', 'scripts/experiment.ts']

const call = (args: readonly string[]) => {
  const child = spawn(process.execPath, args, { cwd: root })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
  return { child, ended, printed: () => stdout }
}

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('experiment: runs a link and writes its archive, its numbers and its figure', async () => {
  test.slow()
  const link = `https://example.org/lab/#${hashOf(smallWithSteps(20))}`
  const { code, stdout, stderr } = await call([...experiment, link, '--out', folder, '--seed', '5']).ended
  expect(code, stderr).toBe(0)

  const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))
  expect(run.spec).toEqual({ ...smallWithSteps(20), seed: 5 })
  expect(run.backend).toBe('wasm')
  expect(run.executor).toBe('native')
  expect(run.seconds).toBeGreaterThan(0)
  expect(run.reproducible).toBe(true)
  expect(run.weightsDigest).toMatch(/^[0-9a-f]{16}$/)
  // Twenty steps show nothing, and the verdict says so.
  expect(run.verdict.degradation).toBeNull()
  expect(run.verdict.sentence).toMatch(/\w+.*\./)
  expect(run.networks).toHaveLength(3)
  expect(run.networks[1]).toMatchObject({ depth: 14, shortcut: 'none' })
  for (const { parameters, final } of run.networks) {
    expect(parameters).toBeGreaterThan(100)
    expect(final.trainingError).toBeGreaterThanOrEqual(0)
    expect(final.validationError).toBeLessThanOrEqual(100)
  }

  const csv = readFileSync(join(folder, 'metrics.csv'), 'utf8').trim().split(/\r?\n/)
  expect(csv[0]).toBe('network,step,epoch,metric,value')
  expect(csv.length).toBeGreaterThan(3 * 20)
  const png = readFileSync(join(folder, 'figure.png'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  // At print size: at least 1,500 pixels wide.
  expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(1500)
  expect(stdout).toContain('plain-14')
  expect(stdout).toContain(run.verdict.sentence)
  expect(stdout).toContain(`weights ${run.weightsDigest}`)

  // The archive is an experiment itself: the same numbers come out again.
  const again = join(folder, 'again')
  const second = await call([...experiment, join(folder, 'run.json'), '--out', again]).ended
  expect(second.code, second.stderr).toBe(0)
  expect(JSON.parse(readFileSync(join(again, 'run.json'), 'utf8')).weightsDigest).toBe(run.weightsDigest)
  expect(readFileSync(join(again, 'metrics.csv'), 'utf8')).toBe(
    readFileSync(join(folder, 'metrics.csv'), 'utf8'),
  )
})

test('experiment: trains on a CIFAR-10 file', async () => {
  const archive = join(folder, 'cifar-10-binary.tar.gz')
  writeFileSync(archive, syntheticArchive(100))
  const spec = JSON.stringify({
    ...smallWithSteps(6),
    dataset: { ...smallExperiment.dataset, source: 'cifar10', imageSize: 16 },
  })
  const { code, stderr } = await call([...experiment, spec, '--out', folder, '--cifar', archive]).ended
  expect(code, stderr).toBe(0)
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['run.json', 'metrics.csv', 'figure.png']))
})

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a link that is partly not understood', ['#v=1&preset=default&colour=red'], /colour/],
  ['a preset that is none', ['{"preset":"nothing"}'], /no preset called "nothing"/],
  ['an unknown setting', ['{"recipe":{"stepps":5}}'], /stepps/],
  [
    'a depth of another form',
    ['{"networks":[{"depth":9,"shortcut":"none"},{"depth":8,"shortcut":"A"}]}'],
    /6n \+ 2/,
  ],
  ['a file that is not there', ['nowhere.json'], /no file nowhere\.json/],
  ['steps that are no number', ['{}', '--steps', 'many'], /--steps needs a whole number/],
  ['two experiments', ['{}', '{}'], /One experiment at a time/],
  ['an option that is none', ['{}', '--colour'], /--colour/],
]

for (const [what, args, sentence] of refused) {
  test(`experiment: ${what} is refused with a sentence`, () => {
    expect(() => {
      const read = readArguments([...args, '--out', folder])
      if (read !== 'help') readExperiment(read.source, read)
    }).toThrow(sentence)
  })
}

for (const [what, args, sentence] of [
  ['a link that is partly not understood', ['#v=1&preset=default&colour=red'], /colour/],
  ['CIFAR-10 without its file', ['{"preset":"cifar10"}'], /--cifar/],
] as const) {
  test(`experiment: ${what} ends the command, and nothing is written`, async () => {
    const { code, stdout, stderr } = await call([...experiment, ...args, '--out', folder]).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(stdout).toBe('')
    expect(readdirSync(folder)).toEqual([])
  })
}

test('start: serves the built page and ends quietly', async () => {
  const { child, ended, printed } = call(['scripts/start.mjs', '--no-open', '--port', '0'])
  try {
    await expect.poll(printed, { timeout: 30_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\//)
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed())?.[0] ?? ''
    const page = await fetch(address)
    expect(page.headers.get('content-type')).toContain('text/html')
    const script = readdirSync(join(root, 'dist/assets')).find((name) => name.endsWith('.js'))
    const module = await fetch(`${address}assets/${script}`)
    expect(module.headers.get('content-type')).toContain('text/javascript')
    expect((await fetch(`${address}no-such-file`)).status).toBe(404)
    expect((await fetch(`${address}..%2fpackage.json`)).status).toBe(404)
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
  } finally {
    stop(child)
  }
})

const stop = (child: ChildProcess): void => {
  if (child.exitCode === null) child.kill('SIGKILL')
}
