import { describe, expect, it } from 'vitest'
import { decodeLink } from '../domain/link.ts'
import { defaultStudy, missingExperiments, type StudyRecord, type StudyResult } from '../domain/study.ts'
import { studyVariants } from '../domain/studyVariants.ts'
import { studyCsv } from './studyCsv.ts'
import { studyLink, studySvg } from './studySvg.ts'
import { publishedText, studyRecipe } from './studyText.ts'
import { elementsOf } from './testing/elementsOf.ts'

const request = defaultStudy('shortcuts')
const finished = (variant: string, seed: number, trainingError: number): StudyResult => ({
  kind: 'finished',
  variant,
  seed,
  trainingError,
  validationError: trainingError + 2.5,
})
const record: StudyRecord = {
  request,
  results: [
    finished('A', 1, 20.25),
    finished('A', 2, 22),
    finished('none', 1, 88),
    { kind: 'diverged', variant: 'scaled', seed: 1, sentence: 'It broke.' },
  ],
}

describe('studyCsv', () => {
  const lines = studyCsv(record).trimEnd().split('\n')
  it('has a line for each variant and seed, and one for what was not run', () => {
    expect(lines).toHaveLength(1 + 4 + studyVariants('shortcuts').length - 3)
    expect(lines[0]).toBe(
      'variant,network,depth,seed,status,training_error,validation_error,published_resnet110_cifar10_test_error',
    )
    for (const line of lines) expect(line.split(',')).toHaveLength(8)
    expect(lines).toContain('A,residual-32,32,1,finished,20.25,22.75,6.61')
    expect(lines).toContain('scaled,residual-32-scaled,32,1,diverged,,,12.35')
    expect(lines).toContain('dropout,residual-32-dropout,32,,not run,,,fails')
  })
})

describe('studySvg', () => {
  it.each(['light', 'dark'] as const)('is a well-formed document by itself in the %s theme', (theme) => {
    for (const one of [record, { request, results: [] }, { request: defaultStudy('orders'), results: [] }])
      for (const order of ['here', 'published'] as const) {
        const svg = studySvg(one, { width: 100, theme, order, link: 'https://x.example/?a=<b>&c' })
        expect(elementsOf(svg)[0]).toBe('svg')
        expect(/NaN|undefined|Infinity|var\(--/.exec(svg)).toBeNull()
      }
  })
  it('says what is measured here and what was published, apart', () => {
    const svg = studySvg(record, { width: 1000, theme: 'light' })
    for (const words of [
      'shortcut gate −6',
      '21.1 ± 1.2',
      '1 diverged',
      'not run',
      'fails',
      'chance',
      'ResNet-110 on CIFAR-10, test error',
      'another depth, data set and length',
      'seeds 1 to 3',
    ])
      expect(svg).toContain(words)
  })
  it('holds the link that repeats its first experiment', () => {
    const [first] = missingExperiments({ request, results: [] })
    expect(decodeLink(studyLink(record)).spec).toEqual(first?.spec)
  })
})

it('the recipe of a study names its seeds', () => {
  expect(studyRecipe(request)).toContain('seeds 1 to 3.')
  expect(studyRecipe({ ...request, seeds: 1 })).toContain('seed 1.')
})

it('published numbers keep their digits', () => {
  expect(publishedText({ kind: 'error', percent: 8.7, note: 'at best' })).toBe('8.70 at best')
  expect(publishedText({ kind: 'none' })).toBe('')
})
