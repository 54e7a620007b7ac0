import { describe, expect, it } from 'vitest'
import type { CurveSpec } from '../../domain/curveSpec.ts'
import { networkStyles, uniqueLabels } from './networkStyle.ts'

const plain = (depth: number): CurveSpec => ({ depth, shortcut: 'none' })
const residual = (depth: number): CurveSpec => ({ depth, shortcut: 'A' })

describe('networkStyles', () => {
  it('gives the default experiment the three looks of the house', () => {
    const styles = networkStyles([plain(8), plain(32), residual(32)])
    expect(styles).toEqual([
      { role: 'reference', label: 'plain-8', color: 'var(--reference)', dash: '7 3', marker: 'none' },
      { role: 'plain', label: 'plain-32', color: 'var(--plain)', dash: null, marker: 'square' },
      { role: 'residual', label: 'residual-32', color: 'var(--residual)', dash: null, marker: 'circle' },
    ])
  })

  it('tells six networks of one role apart without their hue', () => {
    const styles = networkStyles([
      residual(8),
      residual(14),
      residual(20),
      residual(26),
      residual(32),
      residual(8),
    ])
    const signs = styles.map(({ dash, marker, color }) => `${dash} ${marker} ${color}`)
    expect(new Set(signs).size).toBe(6)
    expect(new Set(styles.map(({ label }) => label)).size).toBe(6)
  })

  it('tells six residual networks apart by dash and marker alone, for who sees no hue or tone', () => {
    const styles = networkStyles(
      (['A', 'B', 'C', 'scaled', 'shortcut-gate', 'dropout'] as const).map((shortcut) => ({
        depth: 32,
        shortcut,
      })),
    )
    expect(new Set(styles.map(({ dash, marker }) => `${dash} ${marker}`)).size).toBe(6)
    expect(new Set(styles.map(({ color }) => color)).size).toBe(6)
  })

  it('numbers equal networks', () => {
    expect(uniqueLabels([plain(8), plain(8), plain(8)])).toEqual(['plain-8', 'plain-8 (2)', 'plain-8 (3)'])
  })
})
