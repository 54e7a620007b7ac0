import './bar.css'
import type { PanelName } from '../panels/panelNames.ts'
import { ExploreMenu } from './ExploreMenu.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { PresetMenu } from './PresetMenu.tsx'
import { Progress } from './Progress.tsx'
import { ShareButton } from './ShareButton.tsx'
import { Transport } from './Transport.tsx'
import { ViewMenu } from './ViewMenu.tsx'
import { Wordmark } from './Wordmark.tsx'

/** The head of the page; on a phone its second row, the training itself, stays in sight. */
export const Bar = ({ openPanel }: { readonly openPanel: (panel: PanelName) => void }) => (
  <header className="bar">
    <div className="bar__name">
      <Wordmark />
      <PresetMenu />
    </div>
    <div className="bar__training">
      <Transport />
      <Progress />
    </div>
    <div className="bar__tools">
      <ExploreMenu open={openPanel} />
      <ShareButton />
      <ExportMenu />
      <ViewMenu />
    </div>
  </header>
)
