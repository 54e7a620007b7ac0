import { openBackend } from '../../src/engine/backends.ts'
import { createComposedExecutor } from '../../src/engine/createComposedExecutor.ts'
import { judgeFile, type ParityOutcome } from '../../src/engine/parity/judgeFile.ts'

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

const open = async (): Promise<ParityHarness> => {
  const { facts } = await openBackend('webgl')
  return {
    device: `${facts.device}, in a browser`,
    judge: (base64) =>
      judgeFile(
        Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
        createComposedExecutor,
      ),
  }
}

window.parityHarness = open()
