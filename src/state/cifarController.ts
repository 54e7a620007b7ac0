import type { StoreApi } from 'zustand/vanilla'
import type { LabClient } from '../protocol/labClient.ts'
import type { CifarEvent } from '../protocol/messages.ts'
import type { CifarState } from './lab.ts'

export interface CifarController {
  readonly describe: () => void
  readonly importFiles: (files: readonly File[]) => void
  readonly forget: () => void
  readonly receive: (event: CifarEvent) => void
}

/** The visitor's CIFAR-10: what is kept of it, and reading it from a file. */
export const createCifarController = (store: StoreApi<CifarState>, client: LabClient): CifarController => ({
  describe: () => client.describeCifar(),
  importFiles: (files) => {
    if (files.length === 0 || store.getState().status === 'importing') return
    store.setState({ status: 'importing', progress: 0, refusal: null })
    client.importCifar(files)
  },
  forget: () => {
    if (store.getState().status !== 'importing') client.forgetCifar()
  },
  receive: (event) => {
    switch (event.type) {
      case 'cifarProgress':
        return store.setState({ progress: event.fraction })
      case 'cifarReady': {
        // The answer to an earlier question does not end an import that has begun since; its own answer will.
        const status = event.facts === null ? 'absent' : 'present'
        return store.setState({ status, progress: 0, facts: event.facts, refusal: null })
      }
      case 'cifarRefused': {
        const { status, facts } = store.getState()
        return store.setState({
          status: facts === null ? 'absent' : 'present',
          progress: 0,
          refusal: status === 'importing' ? event.sentence : null,
        })
      }
      default:
        return event satisfies never
    }
  },
})
