import './setup.css'
import { AdviceList } from './AdviceList.tsx'
import { BlockFold } from './BlockFold.tsx'
import { Cost } from './Cost.tsx'
import { DataSection } from './DataSection.tsx'
import { DepthSection } from './DepthSection.tsx'
import { LearningRateSection } from './LearningRateSection.tsx'
import { NetworksFold } from './NetworksFold.tsx'
import { RecipeFold } from './RecipeFold.tsx'
import { ShortcutSection } from './ShortcutSection.tsx'
import { StartFold } from './StartFold.tsx'
import { SwitchesFold } from './SwitchesFold.tsx'

/** What is trained. Folded to one line where the page is one column. */
export const Setup = ({ folded }: { readonly folded: boolean }) =>
  folded ? (
    <section className="setup setup--folded" aria-labelledby="setup-title">
      <details className="setup__fold">
        <summary>
          <h2 id="setup-title">Set-up</h2>
        </summary>
        <SetupSections />
      </details>
    </section>
  ) : (
    <section className="setup" aria-labelledby="setup-title">
      <h2 className="visually-hidden" id="setup-title">
        Set-up
      </h2>
      <SetupSections />
    </section>
  )

const SetupSections = () => (
  <>
    <div className="setup__sections">
      <DataSection />
      <DepthSection />
      <ShortcutSection />
      <LearningRateSection />
      <div className="setup__folds">
        <BlockFold />
        <StartFold />
        <RecipeFold />
        <NetworksFold />
        <SwitchesFold />
      </div>
    </div>
    <AdviceList />
    <Cost />
  </>
)
