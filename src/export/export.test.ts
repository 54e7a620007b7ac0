import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeLink } from '../domain/link.ts'
import { presetNamed } from '../domain/presets.ts'
import type { EvaluationPoint, Mark, Run } from '../domain/run.ts'
import { figureSvg } from './figureSvg.ts'
import { textWidth, wrapped } from './figureText.ts'
import { metricsCsv } from './metricsCsv.ts'
import { runReport } from './runReport.ts'
import { spreadApart } from './spreadApart.ts'
import { elementsOf } from './testing/elementsOf.ts'
import { element, escapeXml } from './xml.ts'

const { spec } = presetNamed('default')
const errors = [25, 87.5, 12.5]
const fade = { kind: 'shortcuts', step: 20, network: 2, blocks: 'all', to: 0, overSteps: 5 } as const
const fadeMark: Mark = { kind: 'intervention', step: 20, intervention: fade }
const evaluationAt = (step: number): EvaluationPoint => ({
  step,
  trainingErrors: errors,
  validationErrors: errors.map((error) => error + 4.2),
  trainingLosses: [1, 2, 0.5],
  validationLosses: [1.1, 2.1, 0.6],
})
const run: Run = {
  id: 'a',
  spec,
  status: 'finished',
  device: {
    executor: 'native',
    backend: 'wasm',
    device: 'WebAssembly',
    reason: 'There is no GPU here.',
    reproducible: true,
    threads: 4,
  },
  checks: null,
  steps: Array.from({ length: 300 }, (_, i) => ({
    step: i + 1,
    trainingErrors: errors,
    losses: [1, 2, 0.5],
  })),
  evaluations: [evaluationAt(0), evaluationAt(300)],
  marks: [],
  failure: null,
  weightsDigest: '3f2a00000000c0de',
  seconds: 41.23456,
}
const untouched: Run = {
  ...run,
  status: 'stopped',
  device: null,
  weightsDigest: null,
  steps: [],
  evaluations: [],
  seconds: 0,
}

describe('metricsCsv', () => {
  const lines = metricsCsv(run).split('\n')
  it('has a heading and a line for each measurement', () => {
    expect(lines[0]).toBe('network,step,epoch,metric,value')
    expect(lines).toHaveLength(1 + 3 * (300 * 2 + 2 * 4) + 1)
    expect(lines.at(-1)).toBe('')
    for (const line of lines.slice(1, -1)) expect(line.split(',')).toHaveLength(5)
  })
  it('says what was measured where', () => {
    expect(lines).toContain('plain-32,1,0.0128,training_error,87.5')
    expect(lines).toContain('residual-32,300,3.84,training_loss,0.5')
    expect(lines).toContain('plain-8,300,3.84,training_subset_error,25')
    expect(lines).toContain('plain-8,300,3.84,training_subset_loss,1')
    expect(lines).toContain('plain-32,300,3.84,validation_error,91.7')
    expect(lines).toContain('plain-8,0,0,validation_loss,1.1')
  })
  it('of a run without measurements is its heading', () => {
    expect(metricsCsv(untouched)).toBe('network,step,epoch,metric,value\n')
  })
})

describe('runReport', () => {
  const report = runReport(run, '1.2.3')
  it('holds what a program asks for at its top level', () => {
    expect(report).toMatchObject({
      formatVersion: 1,
      application: { version: '1.2.3' },
      spec,
      seed: 1,
      executor: 'native',
      backend: 'wasm',
      threads: 4,
      reproducible: true,
      weightsDigest: '3f2a00000000c0de',
      seconds: 41.235,
      status: 'finished',
      stepsTaken: 300,
      verdict: { degradation: true, sentence: expect.stringContaining('Degradation, 1 seed.') },
      networks: [
        { label: 'plain-8', depth: 8, shortcut: 'none', final: { trainingError: 25, validationError: 29.2 } },
        {
          label: 'plain-32',
          depth: 32,
          shortcut: 'none',
          final: { trainingError: 87.5, validationError: 91.7 },
        },
        {
          label: 'residual-32',
          depth: 32,
          shortcut: 'A',
          final: { trainingError: 12.5, validationError: 16.7 },
        },
      ],
    })
    expect(report.networks[1]?.parameters).toBe(report.networks[2]?.parameters)
    expect(report.networks[1]?.parameters).toBeGreaterThan(116_000)
    expect(report).not.toHaveProperty('steps')
  })
  it('names the executor and its device', () => {
    const device = {
      executor: 'fused',
      backend: 'webgl',
      device: 'ANGLE (a card)',
      reason: 'It was chosen in the setup.',
      reproducible: false,
      threads: 1,
    } as const
    expect(runReport({ ...run, device }, '1')).toMatchObject({
      executor: 'fused',
      backend: 'webgl',
      device: 'ANGLE (a card)',
      reproducible: false,
    })
  })
  it('survives JSON, with and without its series', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    const whole = runReport(run, '1.2.3', { series: true })
    expect(whole.steps).toHaveLength(300)
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
  })
  it('has null where nothing was measured or it was no number', () => {
    expect(runReport(untouched, '1').networks[0]?.final).toEqual({
      trainingError: null,
      validationError: null,
    })
    const steps = run.steps.map((point) => ({ ...point, trainingErrors: [Number.NaN, 90, 90] }))
    const broken = runReport({ ...run, steps }, '1')
    expect(broken.networks[0]?.final.trainingError).toBeNull()
    expect(broken.verdict.degradation).toBeNull()
  })
  it('has the link that repeats the run, with what was switched live', () => {
    const { link } = runReport({ ...run, marks: [fadeMark] }, '1')
    expect(link).toBe('v=1&preset=default&do=20:off:3:all:5')
    expect(decodeLink(link).spec).toEqual({ ...spec, interventions: [fade] })
  })
  it('takes the nearest preset for its link', () => {
    const quick = presetNamed('quick').spec
    expect(runReport({ ...run, spec: { ...quick, seed: 3 } }, '1').link).toBe('v=1&preset=quick&seed=3')
  })
})

describe('figureSvg', () => {
  const size = { width: 1200, height: 750 } as const
  it.each(['light', 'dark'] as const)('is a well-formed document by itself in the %s theme', (theme) => {
    const svg = figureSvg({ ...run, marks: [fadeMark] }, { ...size, theme })
    expect(elementsOf(svg)[0]).toBe('svg')
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"')
    expect(svg).not.toMatch(/NaN|undefined|Infinity|var\(--/)
    for (const words of [
      'plain-8',
      'plain-32',
      'residual-32',
      'network 3: shortcuts fade out over 5 steps',
      'Error, %',
      'seed 1',
    ])
      expect(svg).toContain(words)
    expect(svg).toContain('88 % · validation 92 %')
    expect(svg).toContain('do=20:off:3:all:5')
  })
  it('is well-formed without measurements, on a log axis, small, and with numbers that are none', () => {
    const steps = run.steps.map((point, i) =>
      i % 3 === 0 ? { ...point, trainingErrors: [Number.NaN, 0, 0] } : point,
    )
    for (const odd of [untouched, { ...run, steps }, { ...run, steps: steps.slice(0, 1), evaluations: [] }])
      for (const errorAxis of ['linear', 'log'] as const) {
        const svg = figureSvg(odd, { width: 10, height: 10, theme: 'light', errorAxis, smoothing: 0 })
        elementsOf(svg)
        expect(/NaN|undefined|Infinity/.exec(svg)).toBeNull()
      }
  })
  it('escapes the link that it is given', () => {
    const svg = figureSvg(run, {
      ...size,
      theme: 'light',
      link: 'https://x.example/?a=1&b="<script>alert(1)</script>',
    })
    expect(elementsOf(svg)).not.toContain('script')
    expect(svg).toContain('&lt;script&gt;')
  })
  it('tells networks of one role apart by dash and marker, not by hue alone', () => {
    const networks = [
      { depth: 32, shortcut: 'none' },
      { depth: 32, shortcut: 'A' },
      { depth: 32, shortcut: 'B' },
      { depth: 32, shortcut: 'C' },
    ] as const
    const svg = figureSvg(
      {
        ...run,
        spec: { ...spec, networks },
        steps: run.steps.map((point) => ({
          ...point,
          trainingErrors: [90, 20, 30, 60],
          losses: [1, 1, 1, 1],
        })),
        evaluations: [{ ...evaluationAt(300), validationErrors: [90, 20, 30, 60] }],
      },
      { ...size, theme: 'light' },
    )
    const bold = [...svg.matchAll(/<path[^>]*stroke-width="2.6"[^>]*>/g)].map(([path]) => path)
    expect(bold).toHaveLength(4)
    const dashes = bold.slice(1).map((path) => /stroke-dasharray="([^"]*)"/.exec(path)?.[1])
    expect(new Set(dashes).size).toBe(3)
  })
})

it('escaped text is well-formed whatever it was', () => {
  // Lone surrogates, control characters and markup too.
  const anyLetter = fc.oneof(
    fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom('<', '>', '&', '"', "'", '\u0000', '\ufffe'),
  )
  fc.assert(
    fc.property(
      fc.array(anyLetter).map((letters) => letters.join('')),
      (text) => {
        expect(elementsOf(element('text', { id: text }, escapeXml(text)))).toEqual(['text'])
      },
    ),
  )
  expect(escapeXml('a\u0000b\ud800')).toBe('a?b?')
})

it('wrapped lines fit, lose no letter, and say where they were cut', () => {
  const sentence = fc.array(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme-ascii' }), {
    minLength: 1,
    maxLength: 20,
  })
  fc.assert(
    fc.property(sentence, (words) => {
      const text = words.join(' ')
      const lines = wrapped(text, 12, 120, 1000)
      for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      const cut = wrapped(text, 12, 120, 2)
      expect(cut.length).toBeLessThanOrEqual(2)
      expect(lines.length > 2).toBe(lines.length > 2 && (cut.at(-1)?.endsWith('…') ?? false))
    }),
  )
})

it('labels stand apart, inside, and in the order of their wishes', () => {
  const wishes = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(wishes, (wished) => {
      const places = spreadApart(wished, 34, 0, 300)
      const sorted = places.toSorted((a, b) => a - b)
      for (const [i, place] of sorted.entries()) {
        expect(place).toBeGreaterThanOrEqual(-1e-9)
        expect(place).toBeLessThanOrEqual(300 + 1e-9)
        if (i > 0) expect(place - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(34 - 1e-9)
      }
      for (const [i, a] of wished.entries())
        for (const [j, b] of wished.entries()) if (a < b) expect(places[i]).toBeLessThan(places[j] ?? 0)
    }),
  )
  expect(spreadApart([10, 200], 34, 0, 300)).toEqual([10, 200])
})
