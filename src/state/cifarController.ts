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
export const createCifarController = (store: StoreApi<CifarState>, client: LabClient): CifarController => {
  /** The import under way. The answer to an earlier question does not end it: its own answer will. */
  let importing: string | null = null

  const settle = (event: Extract<CifarEvent, { readonly type: 'cifarReady' | 'cifarRefused' }>): void => {
    const isOwn = event.requestId === importing
    if (isOwn) importing = null
    const facts = event.type === 'cifarReady' ? event.facts : store.getState().facts
    if (importing !== null) store.setState({ facts })
    else
      store.setState({
        status: facts === null ? 'absent' : 'present',
        progress: 0,
        facts,
        refusal: isOwn && event.type === 'cifarRefused' ? event.sentence : null,
      })
  }

  return {
    describe: () => client.describeCifar(),
    importFiles: (files) => {
      if (files.length === 0 || importing !== null) return
      store.setState({ status: 'importing', progress: 0, refusal: null })
      importing = client.importCifar(files)
    },
    forget: () => {
      if (importing === null) client.forgetCifar()
    },
    receive: (event) => {
      switch (event.type) {
        case 'cifarProgress':
          return store.setState({ progress: event.fraction })
        case 'cifarReady':
        case 'cifarRefused':
          return settle(event)
        default:
          return event satisfies never
      }
    },
  }
}
