// The command that prints what architectures and layer table hold, as it is called.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type DescribedNetwork, describeSource } from '../../scripts/describe/describeSource.ts'
import { descriptionText } from '../../scripts/describe/descriptionText.ts'
import { readArguments } from '../../scripts/describe/readArguments.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const call = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/runTypeScript.mjs', 'scripts/describe.ts', ...args],
    { cwd: root, encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

const networkOf = (name: string): DescribedNetwork => {
  const description = describeSource(name)
  if ('networks' in description) throw new Error(`${name} was read as a link`)
  return description
}

describe('describeSource', () => {
  it('gives the counts, the rows and what was published', () => {
    const network = networkOf('resnet34')
    expect(network).toMatchObject({
      name: 'resnet34',
      depth: 34,
      parameters: 21_797_672,
      multiplyAdds: 3_663_761_408,
      imageSize: 224,
    })
    expect(network.rows).toHaveLength(7)
    expect(network.rows.reduce((sum, row) => sum + row.parameters, 0)).toBe(network.parameters)
    expect(network.rows.reduce((sum, row) => sum + row.multiplyAdds, 0)).toBe(network.multiplyAdds)
    expect(network.published.map(({ value, conditions }) => [value, conditions])).toEqual([
      [24.52, 'shortcuts B, as counted here'],
      [25.03, 'shortcuts A'],
      [24.19, 'shortcuts C'],
    ])
    expect(networkOf('cifar-resnet56').publishedParameters).toBe('0.85M')
    expect(networkOf('plain101').published).toEqual([])
  })

  it('gives every network of a link', () => {
    const description = describeSource('https://example.org/lab/#v=1&preset=default')
    if (!('networks' in description)) throw new Error('the link was read as a name')
    expect(description.networks.map(({ name, depth, imageSize }) => [name, depth, imageSize])).toEqual([
      ['plain-8', 8, 16],
      ['plain-32', 32, 16],
      ['residual-32', 32, 16],
    ])
    expect(description.networks[1]?.parameters).toBe(description.networks[2]?.parameters)
  })

  it('refuses what is neither', () => {
    expect(() => describeSource('alexnet')).toThrow(/no architecture called "alexnet"/)
    expect(() => describeSource('#v=1&colour=red')).toThrow(/colour/)
    expect(() => describeSource('https://example.org/lab/')).toThrow(/no part after a #/)
    expect(() => readArguments([])).toThrow(/Name an architecture/)
    expect(() => readArguments(['resnet18', 'resnet34'])).toThrow(/One name or link at a time/)
  })
})

describe('descriptionText', () => {
  it('aligns the table, sums it up and says what is not measured here', () => {
    const lines = descriptionText(describeSource('resnet18')).split('\n')
    const end = (start: string) => lines.find((line) => line.startsWith(start))?.length
    expect(end('layer')).toBe(end('conv3_x'))
    expect(end('total')).toBe(end('head'))
    const text = lines.join('\n')
    expect(text).toMatch(/total +11,689,512 +1,814,073,344/)
    expect(text).toContain('[3×3, 64; 3×3, 64] × 2')
    expect(text).toContain('of these in shortcuts: 8,448 parameters, 6,422,528 multiply-adds')
    expect(text).toMatch(/not measured here:\n {2}27\.88 % {2}top-1 error, 10-crop.*table 2; shortcuts A/)
  })
})

// Each call starts two programs: slow where the machine is busy.
describe('npm run describe', { timeout: 60_000 }, () => {
  it('prints one JSON object and nothing else', () => {
    const { status, stdout, stderr } = call('ResNet-50', '--json')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ name: 'resnet50', parameters: 25_557_032 })
  })

  it('ends with 2 and a sentence where a name is none, and with 0 where help is wanted', () => {
    const unknown = call('resnet51', '--json')
    expect(unknown.status).toBe(2)
    expect(unknown.stdout).toBe('')
    expect(unknown.stderr).toMatch(/^There is no architecture called "resnet51"\..*\n$/)
    const help = call('--help')
    expect(help.status).toBe(0)
    expect(help.stdout).toContain('npm run describe -- NAME|LINK')
  })
})
