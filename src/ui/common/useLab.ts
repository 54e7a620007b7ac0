import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { CifarState, Lab, RunState, SpecState, ViewState } from '../../state/lab.ts'

/** The lab that this page shows; given once, by the application. */
export const LabContext = createContext<Lab | null>(null)

export const useLab = (): Lab => {
  const lab = useContext(LabContext)
  if (lab === null) throw new Error('the page was drawn without a lab')
  return lab
}

// Each takes a selector, so that a component is drawn again only when what it shows has changed.
export const useSpec = <T>(select: (state: SpecState) => T): T => useStore(useLab().spec, select)
export const useRuns = <T>(select: (state: RunState) => T): T => useStore(useLab().runs, select)
export const useCifar = <T>(select: (state: CifarState) => T): T => useStore(useLab().cifar, select)
export const useView = <T>(select: (state: ViewState) => T): T => useStore(useLab().viewState, select)
