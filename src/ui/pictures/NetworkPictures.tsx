import './pictures.css'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Lab } from '../../state/lab.ts'
import { networkSubtitle } from './blockText.ts'
import { CloseUpWhenWanted, preloadCloseUp } from './CloseUpWhenWanted.tsx'
import { createCloseUp } from './closeUpState.ts'
import { FadeSteps } from './FadeSteps.tsx'
import { NetworkRow } from './NetworkRow.tsx'
import { networkStyles } from './networkStyle.ts'
import { layoutPicture } from './pictureLayout.ts'
import { pictureModel, runLeftBySwitch } from './pictureModel.ts'
import { StageNames } from './StageNames.tsx'
import { scrollTogether } from './scrollTogether.ts'
import { useBox } from './useBox.ts'

/**
 * Every network of the experiment, drawn from the same expansion that is trained, equal stages under one another. Shortcuts are
 * arcs that can be switched at any moment.
 */
export const NetworkPictures = ({ lab }: { lab: Lab }) => {
  const spec = useStore(lab.spec, (state) => state.spec)
  const run = useStore(lab.runs, (state) => state.run)
  const ramps = useStore(lab.runs, (state) => state.ramps)
  const specChangedSinceStart = useStore(lab.runs, (state) => state.specChangedSinceStart)
  const fadeSteps = useStore(lab.viewState, (state) => state.fadeSteps)

  const [leftRun, setLeftRun] = useState<string | null>(null)
  const onSwitched = useCallback(() => setLeftRun(runLeftBySwitch(lab.runs.getState().run)), [lab])
  const model = useMemo(
    () => pictureModel({ spec }, { run, ramps, specChangedSinceStart }, leftRun),
    [spec, run, ramps, specChangedSinceStart, leftRun],
  )
  const styles = useMemo(() => networkStyles(model.spec.networks), [model.spec])

  const section = useRef<HTMLElement>(null)
  const ruler = useRef<HTMLDivElement>(null)
  const box = useBox(ruler)
  const width = box?.width ?? 640
  const scale = box?.scale ?? 1
  const stages = model.plans.map((plan) => plan.spec.blocksPerStage.join('.')).join(' ')
  const picture = useMemo(
    () =>
      layoutPicture(
        stages.split(' ').map((blocks) => blocks.split('.').map(Number)),
        { width, scale },
      ),
    [stages, width, scale],
  )
  useEffect(() => (section.current === null ? undefined : scrollTogether(section.current)), [picture])

  const [closeUp] = useState(createCloseUp)
  const sectionBox = useBox(section)
  return (
    <section
      className="pictures"
      aria-label="Networks"
      ref={section}
      onPointerEnter={preloadCloseUp}
      onFocus={preloadCloseUp}
    >
      <div className="pictures-body">
        <div className="pictures-head">
          <div className="pictures-now">
            {model.lastRun === null ? (
              <span className="pictures-hint">click an arc or a block</span>
            ) : (
              <span
                className="badge badge--next"
                title="The chart and the verdict still show the run that ended."
              >
                as set for the next run
              </span>
            )}
          </div>
          <div className="pictures-scroller" ref={ruler}>
            <StageNames plans={model.plans} picture={picture} />
          </div>
          <div className="pictures-switchHead">
            <span>Shortcuts</span>
            <FadeSteps value={fadeSteps} onChange={(steps) => lab.controller.view({ fadeSteps: steps })} />
          </div>
        </div>
        <ul className="pictures-rows">
          {model.plans.map((plan, index) => {
            const curve = model.spec.networks[index]
            const style = styles[index]
            const networkRamps = model.ramps[index]
            if (curve === undefined || style === undefined || networkRamps === undefined) return null
            return (
              <NetworkRow
                key={index}
                lab={lab}
                index={index}
                count={model.plans.length}
                curve={curve}
                subtitle={networkSubtitle(model.spec.networks, index)}
                style={style}
                plan={plan}
                ramps={networkRamps}
                picture={picture}
                scale={scale}
                fadeSteps={fadeSteps}
                closeUp={closeUp}
                live={model.live}
                showsRun={model.showsRun}
                ranAs={model.lastRun?.[index] ?? null}
                onSwitched={onSwitched}
              />
            )
          })}
        </ul>
      </div>
      {sectionBox !== null && (
        <CloseUpWhenWanted
          closeUp={closeUp}
          model={model}
          styles={styles}
          picture={picture}
          series={lab.series}
          box={sectionBox}
        />
      )}
    </section>
  )
}
