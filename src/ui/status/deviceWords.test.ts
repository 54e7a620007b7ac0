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
const webgl: DeviceFacts = { ...composed, backend: 'webgl', device: 'ANGLE (a card)' }

it('says what trains and on how many threads', () => {
  expect(deviceLabel(native)).toBe('WebAssembly, native, 4 threads · 8 cores')
  expect(deviceLabel(composed)).toBe('WebAssembly, composed, 1 thread · 8 cores')
  expect(deviceLabel(webgl)).toBe('WebGL, composed · ANGLE (a card)')
})

it('explains it in sentences, the reason first', () => {
  expect(deviceSentences(native)).toEqual([
    'It was chosen in the setup.',
    'Native: the lab’s own engine computes a whole step.',
    'Trains on 4 threads; device: 8 cores.',
  ])
  expect(deviceSentences(webgl).at(-1)).toBe('Driven by 1 thread; device: ANGLE (a card).')
})
