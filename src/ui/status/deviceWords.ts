import type { DeviceFacts } from '../../domain/run.ts'

const backendNames: Readonly<Record<DeviceFacts['backend'], string>> = {
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
}

const executorSentences: Readonly<Record<DeviceFacts['executor'], string>> = {
  native: 'Native: the lab’s own engine computes a whole step.',
  fused: 'Fused: the lab’s own shaders train all networks side by side, in steps recorded once and replayed.',
  composed: 'Composed: a step is put together from TensorFlow.js kernels.',
}

const threadWords = (threads: number): string => (threads === 1 ? '1 thread' : `${threads} threads`)

/** What trains, for the line: `WebAssembly, native, 4 threads · 8 cores` or `WebGL, fused · NVIDIA …`. A graphics card's own threads nobody counts. */
export const deviceLabel = ({ backend, executor, threads, device }: DeviceFacts): string => {
  const counted = backend === 'webgl' && threads === 1 ? [] : [threadWords(threads)]
  return `${[backendNames[backend], executor, ...counted].join(', ')} · ${device}`
}

/** The same in sentences, with why it was taken. */
export const deviceSentences = ({
  executor,
  threads,
  device,
  reason,
  backend,
}: DeviceFacts): readonly string[] => [
  reason,
  executorSentences[executor],
  `${backend === 'webgl' ? 'Driven by' : 'Trains on'} ${threadWords(threads)}; device: ${device}.`,
]
