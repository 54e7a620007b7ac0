import { lazy } from 'react'
import { PanelDialog } from './PanelDialog.tsx'
import { type PanelName, panelTitle } from './panelNames.ts'

// No part of the first view: each comes when it is opened.
const ExplorerPanel = lazy(() =>
  import('../explorer/ExplorerPanel.tsx').then((panel) => ({ default: panel.ExplorerPanel })),
)
const StudyPanel = lazy(() =>
  import('../study/StudyPanel.tsx').then((panel) => ({ default: panel.StudyPanel })),
)

interface PanelsProps {
  /** The open one; null while none is. */
  readonly open: PanelName | null
  readonly close: () => void
}

/** What can be opened over the whole page; at most one at a time. */
export const Panels = ({ open, close }: PanelsProps) => (
  <PanelDialog title={open === null ? '' : panelTitle(open)} isOpen={open !== null} onClose={close}>
    {(closeDialog) =>
      open === 'architectures' ? (
        <ExplorerPanel close={closeDialog} />
      ) : open === 'study' ? (
        <StudyPanel close={closeDialog} />
      ) : null
    }
  </PanelDialog>
)
