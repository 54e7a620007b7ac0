import { expect, it } from 'vitest'
import type { DeviceFacts } from '../../domain/run.ts'
import { deviceLabel, deviceSentences } from './deviceWords.ts'

const native: DeviceFacts = {
  executor: 'native',
  backend: 'wasm',
  device: '8 cores',
  reason: 'It was chosen in the setup.',
  reproducible: true,
  threads: 4,
}
const composed: DeviceFacts = { ...native, executor: 'composed', threads: 1 }
const fused: DeviceFacts = {
  ...composed,
  executor: 'fused',
  backend: 'webgl',
  device: 'ANGLE (a card)',
  reason: 'Measured over a few steps.',
  reproducible: false,
}
const webgl: DeviceFacts = { ...composed, backend: 'webgl', device: 'ANGLE (a card)' }

it('says what trains and on how many threads', () => {
  expect(deviceLabel(native)).toBe('WebAssembly, native, 4 threads · 8 cores')
  expect(deviceLabel(composed)).toBe('WebAssembly, composed, 1 thread · 8 cores')
  expect(deviceLabel(webgl)).toBe('WebGL, composed · ANGLE (a card)')
  expect(deviceLabel(fused)).toBe('WebGL, fused · ANGLE (a card)')
})

it('explains it in sentences, the reason first', () => {
  expect(deviceSentences(native)).toEqual([
    'It was chosen in the setup.',
    'Native: the lab’s own engine computes a whole step.',
    'Trains on 4 threads; device: 8 cores.',
  ])
  expect(deviceSentences(fused)).toEqual([
    'Measured over a few steps.',
    'Fused: the lab’s own shaders train all networks side by side, in steps recorded once and replayed.',
    'Driven by 1 thread; device: ANGLE (a card).',
  ])
  expect(deviceSentences(webgl).at(-1)).toBe('Driven by 1 thread; device: ANGLE (a card).')
})
