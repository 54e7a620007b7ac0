import { memo, useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import type { CurveSpec } from '../../domain/curveSpec.ts'
import type { StrengthRamps } from '../../domain/interventions.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { Lab } from '../../state/lab.ts'
import { noSwitchInStudy } from '../../state/studyWords.ts'
import { BlockDrawing } from './BlockDrawing.tsx'
import type { CloseUpState } from './closeUpState.ts'
import { NetworkMark } from './NetworkMark.tsx'
import type { NetworkStyle } from './networkStyle.ts'
import type { PictureLayout } from './pictureLayout.ts'
import { RowButtons } from './RowButtons.tsx'
import { rowMeasures } from './rowMeasures.ts'
import { ShortcutArcs } from './ShortcutArcs.tsx'
import { ShortcutSwitch } from './ShortcutSwitch.tsx'
import { oppositeTarget, shortcutState, strengthsFromKey, strengthsKey } from './shortcutState.ts'
import { TrainingError } from './TrainingError.tsx'
import { stepsTaken } from './trainingErrorAfter.ts'
import { strengthIntervalMs, useSeriesValue } from './useSeriesValue.ts'

interface NetworkRowProps {
  readonly lab: Lab
  readonly index: number
  readonly count: number
  readonly curve: CurveSpec
  readonly subtitle: string
  readonly style: NetworkStyle
  readonly plan: NetworkPlan
  readonly ramps: StrengthRamps
  readonly picture: PictureLayout
  readonly scale: number
  readonly fadeSteps: number
  readonly closeUp: CloseUpState
  readonly live: boolean
  readonly showsRun: boolean
  /** What the last run called the network in this place; null where the pictures show the run itself. */
  readonly ranAs: string | null
  /** Called with every switch. */
  readonly onSwitched: () => void
}

/** One network: its name, its layers with the arcs that can be switched, its master switch and where it stands. */
export const NetworkRow = memo((props: NetworkRowProps) => {
  const { lab, index, count, curve, subtitle, style, plan, ramps, picture, scale, live, showsRun } = props
  const { onSwitched, closeUp } = props
  const { controller, series } = lab
  const measures = useMemo(() => rowMeasures(count, scale), [count, scale])
  const network = picture.networks[index]
  const boxes = network?.boxes ?? []

  // A plan is drawn as it will be at step 0 of the next run.
  const stepOf = useCallback((points: Lab['series']) => (showsRun ? stepsTaken(points) : 0), [showsRun])
  const key = useSeriesValue(series, strengthIntervalMs, (points) => strengthsKey(ramps, stepOf(points)))
  const strengths = useMemo(() => strengthsFromKey(key), [key])
  const state = shortcutState(ramps, stepOf(series))
  const all = useMemo(() => plan.blocks.map((block) => block.index), [plan])

  const onToggle = useCallback(
    (blocks: readonly number[]) => {
      controller.switchShortcuts(index, blocks, oppositeTarget(ramps, blocks), 0)
      onSwitched()
    },
    [controller, index, ramps, onSwitched],
  )
  const onSwitch = useCallback(
    (to: 0 | 1, overSteps: number) => {
      controller.switchShortcuts(index, 'all', to, overSteps)
      onSwitched()
    },
    [controller, index, onSwitched],
  )

  const locked = useStore(lab.runs, ({ isOfStudy }) => (isOfStudy ? noSwitchInStudy : null))
  const name = `network ${index + 1}`
  if (network === undefined) return null
  return (
    <li
      className="pictures-row"
      data-role={style.role}
      data-shortcut={curve.shortcut}
      style={{ '--hue': style.color }}
    >
      <div className="pictures-name">
        <span className="pictures-title">
          Network {index + 1} <NetworkMark style={style} />
        </span>
        <span className="pictures-subtitle" title={subtitle}>
          {subtitle}
        </span>
      </div>
      <div className="pictures-canvas">
        <div className="pictures-scroller">
          <div className="pictures-drawing" style={{ width: picture.width, height: measures.height }}>
            <svg width={picture.width} height={measures.height} aria-hidden="true" focusable="false">
              <BlockDrawing picture={picture} network={network} spec={plan.spec} measures={measures} />
              <ShortcutArcs
                picture={picture}
                boxes={boxes}
                plan={plan}
                measures={measures}
                strengths={strengths}
              />
            </svg>
            <RowButtons
              network={index}
              plan={plan}
              picture={picture}
              boxes={boxes}
              measures={measures}
              strengths={strengths}
              closeUp={closeUp}
              locked={locked}
              onToggle={onToggle}
            />
          </div>
        </div>
      </div>
      <ShortcutSwitch
        name={name}
        curve={curve}
        state={state}
        goingTo={oppositeTarget(ramps, all) === 0 ? 1 : 0}
        fadeSteps={props.fadeSteps}
        live={live}
        planned={!showsRun}
        locked={locked}
        onSwitch={onSwitch}
      />
      <TrainingError series={series} network={index} label={style.label} ranAs={props.ranAs} />
    </li>
  )
})
