import { openBackend } from '../../src/engine/backends.ts'
import { createComposedExecutor } from '../../src/engine/createComposedExecutor.ts'
import { createFusedExecutor } from '../../src/engine/fused/createFusedExecutor.ts'
import { createNativeHere } from '../../src/engine/native/createNativeHere.ts'
import { openWebglContext } from '../../src/engine/openWebglContext.ts'
import { judgeFile, type ParityOutcome } from '../../src/engine/parity/judgeFile.ts'
import type { CreateExecutor } from '../../src/engine/parity/runFixture.ts'

/** What the harness page offers to the program that opened it. */
export interface ParityHarness {
  readonly device: string
  judge(base64: string): Promise<ParityOutcome>
}

declare global {
  interface Window {
    parityHarness?: Promise<ParityHarness>
  }
}

const openExecutor = async (): Promise<{
  readonly device: string
  readonly createExecutor: CreateExecutor
}> => {
  // Said in the address: the page is opened for one executor.
  const executor = new URLSearchParams(location.search).get('executor')
  if (executor === 'native') return { device: 'WebAssembly', createExecutor: createNativeHere }
  if (executor === 'fused') {
    const { gl, renderer } = openWebglContext()
    return { device: renderer, createExecutor: (request) => createFusedExecutor(request, { gl }) }
  }
  const { facts } = await openBackend('webgl')
  return { device: facts.device, createExecutor: createComposedExecutor }
}

const open = async (): Promise<ParityHarness> => {
  const { device, createExecutor } = await openExecutor()
  return {
    device: `${device}, in a browser`,
    judge: (base64) =>
      judgeFile(
        Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
        createExecutor,
      ),
  }
}

window.parityHarness = open()
