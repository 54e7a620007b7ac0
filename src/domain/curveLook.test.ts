import fc from 'fast-check'
import { expect, it } from 'vitest'
import { curveLabel } from './curveLabel.ts'
import { curveLooks } from './curveLook.ts'
import { limits } from './limits.ts'
import { choicesOfCurve, chosenCurve } from './testing/chosenCurve.ts'

const anyCurve = fc.array(fc.nat(), { minLength: choicesOfCurve, maxLength: choicesOfCurve }).map(chosenCurve)
const anyNetworks = fc.uniqueArray(anyCurve, {
  minLength: limits.networks.min,
  maxLength: limits.networks.max,
  selector: curveLabel,
})

it('tells networks of one hue apart by their dash and by their marker', () => {
  fc.assert(
    fc.property(anyNetworks, (networks) => {
      const looks = curveLooks(networks)
      const distinct = (parts: readonly string[]) => new Set(parts).size
      expect(distinct(looks.map(({ role, dash }) => `${role} ${dash}`))).toBe(networks.length)
      expect(distinct(looks.map(({ role, marker }) => `${role} ${marker}`))).toBe(networks.length)
    }),
  )
})

it('keeps the looks of the papers’ three networks', () => {
  const looks = curveLooks([
    { depth: 8, shortcut: 'none' },
    { depth: 32, shortcut: 'none' },
    { depth: 32, shortcut: 'A' },
  ])
  expect(looks).toEqual([
    { role: 'reference', dash: '7 3', marker: 'none', inkShare: 0 },
    { role: 'plain', dash: null, marker: 'square', inkShare: 0 },
    { role: 'residual', dash: null, marker: 'circle', inkShare: 0 },
  ])
})
