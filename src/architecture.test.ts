// The layers of src as an allow-list: what each may import, from where, and a few words that belong to one layer only.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { missingOptionalPackages } from '../scripts/lib/lockFile.mjs'

const src = dirname(fileURLToPath(import.meta.url))
const root = dirname(src)

interface Layer {
  /** Other layers that it may import. */
  readonly layers: readonly string[]
  /** Layers of which it may import types only. */
  readonly typesOf?: readonly string[]
  /** Packages; a name that ends in a slash stands for its whole scope. */
  readonly packages: readonly string[]
}

const allowed: Readonly<Record<string, Layer>> = {
  domain: { layers: [], packages: ['valibot'] },
  datasets: { layers: ['domain'], packages: [] },
  engine: { layers: ['domain', 'datasets'], packages: ['@tensorflow/'] },
  protocol: { layers: ['domain'], packages: [] },
  worker: { layers: ['engine', 'protocol', 'datasets', 'domain'], packages: ['idb'] },
  state: { layers: ['domain', 'protocol'], packages: ['zustand', 'idb'] },
  export: { layers: ['domain'], packages: [] },
  ui: {
    layers: ['domain', 'datasets', 'state', 'export'],
    typesOf: ['protocol'],
    packages: ['react', 'react-dom', 'recharts', 'zustand', '@fontsource-variable/'],
  },
  app: {
    layers: ['domain', 'datasets', 'protocol', 'state', 'export', 'ui'],
    packages: ['react', 'react-dom', 'zustand', '@fontsource-variable/'],
  },
}

interface Import {
  readonly from: string
  readonly isTypeOnly: boolean
}

/** The code without its comments; strings stay, since a double slash inside one is no comment. */
const withoutComments = (code: string): string =>
  code.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g,
    (found) => (found.startsWith('/') ? ' ' : found),
  )

/** The code without comments and without what stands inside quotes: only its words. */
const wordsOf = (code: string): string =>
  withoutComments(code).replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''")

const importsOf = (code: string): readonly Import[] => {
  const bare = withoutComments(code)
  const declared = [
    ...bare.matchAll(/\b(import|export)\s+(type\s)?(?:[\w$*\s{},]+?\sfrom\s*|)['"]([^'"]+)['"]/g),
  ].map(([, , type, from]) => ({ from: from ?? '', isTypeOnly: type !== undefined }))
  const called = [...bare.matchAll(/\b(?:import|new\s+URL)\s*\(\s*['"]([^'"]+)['"]/g)].map(([, from]) => ({
    from: from ?? '',
    isTypeOnly: false,
  }))
  return [...declared, ...called]
}

interface SourceFile {
  /** Relative to src, with forward slashes. */
  readonly path: string
  readonly layer: string
  readonly code: string
}

const sourceFiles: readonly SourceFile[] = readdirSync(src, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && path.includes('/'))
  .map((path) => ({
    path,
    layer: path.slice(0, path.indexOf('/')),
    code: readFileSync(join(src, path), 'utf8'),
  }))

const isAllowedPackage = (packages: readonly string[], from: string): boolean =>
  packages.some((name) =>
    name.endsWith('/') ? from.startsWith(name) : from === name || from.startsWith(`${name}/`),
  )

/** What is wrong with an import, a sentence; null where it is allowed. */
const importProblem = (path: string, layer: string, { from, isTypeOnly }: Import): string | null => {
  const rules = allowed[layer]
  if (rules === undefined) return `${path}: ${layer} is no layer of the lab`
  if (!from.startsWith('.')) {
    return isAllowedPackage(rules.packages, from) ? null : `${path}: ${layer} may not use ${from}`
  }
  const target = posix.join(posix.dirname(path), from)
  if (target.startsWith('..')) return `${path}: ${from} is outside src`
  const targetLayer = target.slice(0, target.indexOf('/'))
  if (targetLayer === layer || rules.layers.includes(targetLayer)) return null
  if (isTypeOnly && rules.typesOf?.includes(targetLayer)) return null
  // The worker is started by its address, and that is all that the page knows of it.
  if (layer === 'app' && /^worker\/\w+\.ts(\?worker.*)?$/.test(target)) return null
  return `${path}: ${layer} may not import ${targetLayer} (${from})`
}

const filesWith = (pattern: RegExp, files: readonly SourceFile[]): readonly string[] =>
  files.filter(({ code }) => pattern.test(wordsOf(code))).map(({ path }) => path)

/** Any use of Math but its constants and what IEEE 754 and ECMAScript define to the last bit; of chance another rule speaks. */
const inexactMath =
  /\bMath\b(?!\.(?:abs|ceil|clz32|floor|fround|imul|max|min|random|round|sign|sqrt|trunc|E|PI|LN2|LN10|LOG2E|LOG10E|SQRT1_2|SQRT2)\b)/

const outside = (...layers: readonly string[]): readonly SourceFile[] =>
  sourceFiles.filter(({ layer }) => !layers.includes(layer))
const inside = (...layers: readonly string[]): readonly SourceFile[] =>
  sourceFiles.filter(({ layer }) => layers.includes(layer))

describe('how imports are read', () => {
  it('finds every form, and tells types from values', () => {
    const code = `
      import { a, type B } from './a.ts'
      import type { C } from "./c.ts"
      import './style.css'
      import * as tf from '@tensorflow/tfjs-core'
      export { d } from './d.ts'
      export type { E } from './e.ts'
      // import x from './comment.ts'
      const lazy = () => import('./lazy.ts')
      const worker = new Worker(new URL('../worker/main.ts', import.meta.url))
    `
    expect(importsOf(code)).toEqual([
      { from: './a.ts', isTypeOnly: false },
      { from: './c.ts', isTypeOnly: true },
      { from: './style.css', isTypeOnly: false },
      { from: '@tensorflow/tfjs-core', isTypeOnly: false },
      { from: './d.ts', isTypeOnly: false },
      { from: './e.ts', isTypeOnly: true },
      { from: './lazy.ts', isTypeOnly: false },
      { from: '../worker/main.ts', isTypeOnly: false },
    ])
  })

  it('refuses what is not on the list', () => {
    const value = (from: string): Import => ({ from, isTypeOnly: false })
    expect(importProblem('domain/x.ts', 'domain', value('react'))).toContain('may not use react')
    expect(importProblem('domain/x.ts', 'domain', value('../engine/y.ts'))).toContain('may not import engine')
    expect(importProblem('ui/bar/x.tsx', 'ui', value('../../protocol/messages.ts'))).not.toBeNull()
    expect(
      importProblem('ui/bar/x.tsx', 'ui', { from: '../../protocol/messages.ts', isTypeOnly: true }),
    ).toBeNull()
    expect(importProblem('app/x.ts', 'app', value('../engine/executor.ts'))).not.toBeNull()
    expect(importProblem('app/x.ts', 'app', value('../worker/main.ts'))).toBeNull()
    expect(importProblem('state/x.ts', 'state', value('../../scripts/x.ts'))).toContain('outside src')
  })

  it('tells exact functions of Math from those that engines round as they like', () => {
    for (const code of ['Math.sqrt(x)', 'Math.PI', 'Math.fround(Math.max(a, b))'])
      expect(inexactMath.test(code), code).toBe(false)
    for (const code of [
      'Math.sin(x)',
      'values.map(Math.log)',
      'Math.log10(x)',
      'Math.expm1(x)',
      '{ cos } = Math',
    ])
      expect(inexactMath.test(code), code).toBe(true)
  })

  it('leaves comments and quoted words out of account', () => {
    expect(wordsOf("// Date\nconst a = 'Date' /* Date */")).not.toContain('Date')
  })
})

describe('the layers of src', () => {
  it('are all there', () => {
    expect([...new Set(sourceFiles.map(({ layer }) => layer))].sort()).toEqual(
      expect.arrayContaining(['app', 'datasets', 'domain', 'engine', 'protocol', 'state', 'ui', 'worker']),
    )
  })

  it('import only what they may', () => {
    const problems = sourceFiles.flatMap(({ path, layer, code }) =>
      importsOf(code).flatMap((one) => importProblem(path, layer, one) ?? []),
    )
    expect(problems).toEqual([])
  })

  it('keep recharts to the charts', () => {
    const users = sourceFiles.filter(({ code }) => importsOf(code).some(({ from }) => from === 'recharts'))
    expect(users.map(({ path }) => path).filter((path) => !path.startsWith('ui/curves/'))).toEqual([])
  })

  it('keep messages between threads to protocol and worker', () => {
    // The training loop gives a turn back by a message to itself; it crosses no thread.
    expect(filesWith(/\bpostMessage\b/, outside('protocol', 'worker'))).toEqual(['engine/yieldToMessages.ts'])
  })

  it('keep the language of the lab free of chance, clocks and browsers', () => {
    const words =
      /\bMath\.random\b|\bDate\b|\bperformance\b|\bwindow\b|\bdocument\b|\bnavigator\b|\bglobalThis\b|\bset(?:Timeout|Interval)\b|\bconsole\b/
    expect(filesWith(words, inside('domain'))).toEqual([])
  })

  it('draw chance only from seeded streams wherever numbers are computed', () => {
    expect(filesWith(/\bMath\.random\b|\brandom(?:Normal|Uniform)\b/, outside('app'))).toEqual([])
  })

  describe('decide an experiment by arithmetic that is the same in every browser', () => {
    // Pictures, words and estimates of cost: a last bit more or less in them changes no curve.
    const textAndPictures = ['domain/architecturesCompared.ts', 'domain/series.ts']
    const countsOfIntegers = ['domain/cost.ts', 'domain/countNetwork.ts', 'domain/planBlock.ts']
    const deciding = [
      ...inside('domain', 'datasets'),
      ...sourceFiles.filter(({ path }) => path.startsWith('engine/loop/')),
    ]
    const decidingBut = (...names: readonly string[]): readonly SourceFile[] =>
      deciding.filter(({ path }) => !names.includes(path))

    it('by no function of Math that engines round as they like (else: domain/portableMath)', () => {
      expect(filesWith(inexactMath, decidingBut(...textAndPictures))).toEqual([])
    })

    it('by no power that is not one of integers (else: a product)', () => {
      expect(filesWith(/\*\*/, decidingBut(...textAndPictures, ...countsOfIntegers))).toEqual([])
    })

    it('with no exception that is not needed', () => {
      expect(filesWith(inexactMath, deciding).toSorted()).toEqual(textAndPictures)
      expect(filesWith(/\*\*/, deciding).toSorted()).toEqual([...countsOfIntegers, ...textAndPictures].sort())
    })
  })

  it('have no default exports, no any, no silenced checks', () => {
    expect(filesWith(/\bexport\s+default\b/, sourceFiles)).toEqual([])
    expect(filesWith(/:\s*any\b|\bas\s+any\b|<any>/, sourceFiles)).toEqual([])
    const silenced = sourceFiles.filter(({ code }) => /@ts-(?:ignore|nocheck)/.test(code))
    expect(silenced.map(({ path }) => path)).toEqual([])
  })
})

describe('the files of the project', () => {
  const listed = (() => {
    try {
      return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
        .split('\0')
        .filter(Boolean)
    } catch {
      return []
    }
  })()
  const isText = (path: string): boolean => !/\.(png|ico|woff2?|wasm|gz|bin|safetensors)$/.test(path)
  const read = (path: string): string => {
    try {
      return readFileSync(join(root, path), 'utf8')
    } catch {
      return ''
    }
  }

  it.skipIf(listed.length === 0)('name no folder of one machine and no package host', () => {
    // Put together here, so that this file does not hold what it looks for.
    const hosts = [
      ['npmjs', 'org'],
      ['npmjs', 'com'],
      ['yarnpkg', 'com'],
      ['deb', 'debian', 'org'],
    ]
    const folders = ['work', 'root', 'Users'].map((name) => `(?<![\\w.])/${name}/`)
    const words = new RegExp(
      [...hosts.map((host) => host.join('\\.')), ...folders, '(?<![\\w.])/home/\\w'].join('|'),
    )
    const found = listed
      .filter((path) => isText(path))
      .flatMap((path) => {
        const line = read(path)
          .split('\n')
          .findIndex((text) => words.test(text))
        return line < 0 ? [] : [`${path}:${line + 1}`]
      })
    expect(found).toEqual([])
  })

  it('lock every package, those of other systems too, without addresses (else: node scripts/completeLock.mjs)', () => {
    const lock = JSON.parse(read('package-lock.json'))
    expect(missingOptionalPackages(lock.packages)).toEqual([])
    expect(read('package-lock.json')).not.toContain('"resolved"')
  })

  it('name exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'))
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
    )
    expect(loose).toEqual([])
  })
})
