import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultView, parseView } from './createViewStore.ts'

it('takes what is understood and leaves the rest as it was', () => {
  expect(parseView('{"theme":"dark","smoothing":7,"errorAxis":"log","fadeSteps":50,"other":1}')).toEqual({
    ...defaultView,
    theme: 'dark',
    errorAxis: 'log',
    fadeSteps: 50,
  })
})

it.each([null, '', 'null', '[]', '{', '3', '{"__proto__":{"theme":"dark"}}'])('survives %s', (text) => {
  expect(parseView(text)).toEqual(defaultView)
})

it('gives a possible view whatever was stored', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const { smoothing, fadeSteps } = parseView(text)
      expect(smoothing).toBeLessThanOrEqual(0.99)
      expect(fadeSteps).toBeGreaterThanOrEqual(1)
    }),
  )
})
