import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Lab } from '../state/lab.ts'
import { App } from '../ui/App.tsx'
import { createBrowserLab } from './createBrowserLab.ts'
import { registerServiceWorker } from './registerServiceWorker.ts'

declare global {
  interface Window {
    /**
     * The whole lab, for scripts and the curious: `degradationLab.controller.run()`, `degradationLab.runs.getState()`,
     * `degradationLab.series.steps()`. The commands of this repository drive the built page through it.
     */
    degradationLab?: Lab
  }
}

const lab = await createBrowserLab()
window.degradationLab = lab

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element #root.')
createRoot(root).render(
  <StrictMode>
    <App lab={lab} />
  </StrictMode>,
)
registerServiceWorker()
