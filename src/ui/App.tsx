import './theme/fonts.css'
import './theme/tokens.css'
import './theme/base.css'
import './common/controls.css'
import './app.css'
import { lazy, Suspense, useLayoutEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Lab } from '../state/lab.ts'
import { addressWith } from './bar/addressWith.ts'
import { Bar } from './bar/Bar.tsx'
import { useShortcuts } from './bar/useShortcuts.ts'
import { LabContext, useLab, useView } from './common/useLab.ts'
import { oneColumn, useMedia } from './common/useMedia.ts'
import { DropTarget } from './notices/DropTarget.tsx'
import { ErrorBoundary } from './notices/ErrorBoundary.tsx'
import { Notices } from './notices/Notices.tsx'
import { PartBoundary } from './notices/PartBoundary.tsx'
import { Panels } from './panels/Panels.tsx'
import type { PanelName } from './panels/panelNames.ts'
import { NetworkPictures } from './pictures/NetworkPictures.tsx'
import { Setup } from './setup/Setup.tsx'
import { StatusLine } from './status/StatusLine.tsx'
import { Announcer } from './verdict/Announcer.tsx'
import { Verdict } from './verdict/Verdict.tsx'

/** The charts bring a library of their own: the first view does not wait for it. */
const CurvesPanel = lazy(() =>
  import('./curves/CurvesPanel.tsx').then((panel) => ({ default: panel.CurvesPanel })),
)

/** Says something only while a study runs, or has just ended. */
const StudyLine = lazy(() => import('./study/StudyLine.tsx').then((line) => ({ default: line.StudyLine })))

/** The one screen. */
export const App = ({ lab }: { readonly lab: Lab }) => (
  <ErrorBoundary address={() => addressWith(lab.controller.link())}>
    <LabContext value={lab}>
      <Screen />
    </LabContext>
  </ErrorBoundary>
)

const Screen = () => {
  const lab = useLab()
  const theme = useView((state) => state.theme)
  const isOneColumn = useMedia(oneColumn)
  const hasStudyNews = useStore(lab.study, ({ running, ended }) => running !== null || ended !== null)
  const [panel, setPanel] = useState<PanelName | null>(null)
  useShortcuts()
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])

  const pictures = (
    <PartBoundary key="pictures" name="The picture of the networks">
      <NetworkPictures lab={lab} />
    </PartBoundary>
  )
  const curves = (
    <div key="curves" className="screen__curves">
      <PartBoundary name="The chart">
        <Suspense fallback={null}>
          <CurvesPanel lab={lab} />
        </Suspense>
      </PartBoundary>
    </div>
  )
  const setup = <Setup key="setup" folded={isOneColumn} />
  const centre = (
    <main key="centre" className="screen__centre">
      <Notices />
      {hasStudyNews ? (
        <PartBoundary name="The state of the study">
          <Suspense fallback={null}>
            <StudyLine open={() => setPanel('study')} />
          </Suspense>
        </PartBoundary>
      ) : null}
      <Verdict />
      {/* On a phone the curves come before the networks: in the order of the page too, for the keyboard. */}
      {isOneColumn ? [curves, pictures] : [pictures, curves]}
    </main>
  )
  return (
    <div className="screen">
      <Bar openPanel={setPanel} />
      {isOneColumn ? [centre, setup] : [setup, centre]}
      <StatusLine />
      <DropTarget />
      <Announcer />
      <Panels open={panel} close={() => setPanel(null)} />
    </div>
  )
}
