import { describe, expect, it } from 'vitest'
import { readArguments } from '../../../scripts/parity/readArguments.ts'

describe('the command line of npm run parity', () => {
  it.each([
    [['dir'], [{ executor: 'composed', backend: 'cpu' }]],
    [['dir', '--executor=composed', '--backend', 'wasm'], [{ executor: 'composed', backend: 'wasm' }]],
    [
      ['--backend=all', 'dir', '--backend', 'cpu'],
      ['cpu', 'wasm', 'webgl'].map((backend) => ({ executor: 'composed', backend })),
    ],
    [['dir', '--executor', 'native'], [{ executor: 'native', isInBrowser: false }]],
    [['--browser', '--executor=native', 'dir'], [{ executor: 'native', isInBrowser: true }]],
  ])('understands %j', (argv, engines) => {
    expect(readArguments(argv)).toEqual({ folder: 'dir', engines })
  })

  it.each([
    [['dir', '--executor', 'native', '--backend', 'webgl'], 'no backend of tfjs'],
    [['dir', '--backend=all', '--executor=native', '--browser'], 'no backend of tfjs'],
    [['dir', '--browser'], '--backend webgl runs in Chromium'],
    [['dir', '--executor', 'gpu'], 'no executor called "gpu"'],
    [['dir', '--executor'], 'no executor called ""'],
    [['dir', '--backend', 'native'], 'no backend called "native"'],
    [['dir', '--browser=yes', '--executor=native'], 'no option --browser=yes'],
    [['dir', 'other'], 'one folder'],
    [[], 'one folder'],
  ])('refuses %j in a sentence', (argv, words) => {
    const refusal = readArguments(argv)
    expect(refusal).toMatch(/^[A-Z].*\.$/)
    expect(refusal).toContain(words)
  })
})
