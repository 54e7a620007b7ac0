import { useCallback } from 'react'
import type { StrengthRamps } from '../../domain/interventions.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { SeriesStore } from '../../state/lab.ts'
import { BlockFigure } from './BlockFigure.tsx'
import { blockFormula } from './blockFormula.ts'
import type { NetworkPart } from './blockPieces.ts'
import { partName } from './blockText.ts'
import type { NetworkStyle } from './networkStyle.ts'
import type { PieceText } from './pieceText.ts'
import { meanStrength, strengthsFromKey, strengthsKey } from './shortcutState.ts'
import { stepsTaken } from './trainingErrorAfter.ts'
import { strengthIntervalMs, useSeriesValue } from './useSeriesValue.ts'

/** One part of one network in the close-up: its name, its formula at the present strength, and its drawing. */
export const CloseUpPanel = (props: {
  readonly series: SeriesStore
  readonly network: number
  readonly part: NetworkPart
  /** All blocks that are drawn as one. */
  readonly blocks: readonly number[]
  readonly plan: NetworkPlan
  readonly ramps: StrengthRamps
  readonly showsRun: boolean
  readonly style: NetworkStyle
  readonly scale: number
  readonly tinyText: number
  readonly room: number
  readonly inTabOrder: boolean
  readonly onPoint: (text: PieceText | null) => void
  readonly onLeave: (network: number, part: NetworkPart) => void
}) => {
  const { series, network, part, blocks, plan, ramps, showsRun, style, onLeave } = props
  const key = useSeriesValue(series, strengthIntervalMs, (points) =>
    strengthsKey(ramps, showsRun ? stepsTaken(points) : 0),
  )
  const strength = typeof part === 'number' ? meanStrength(strengthsFromKey(key), blocks) : 1
  const block = typeof part === 'number' ? plan.blocks[part] : undefined
  const plans = blocks.flatMap((index) => plan.blocks[index] ?? [])
  const name = partName(part, plans)
  const leave = useCallback(() => onLeave(network, part), [onLeave, network, part])
  return (
    <div className="closeup-panel" style={{ '--hue': style.color }}>
      <div className="closeup-head">
        <b>
          Network {network + 1} · {name}
        </b>
        {block !== undefined && (
          <span className="closeup-formula">{blockFormula(plan.spec, block, strength)}</span>
        )}
      </div>
      <BlockFigure
        plan={plan}
        part={part}
        strength={strength}
        label={`Network ${network + 1}, ${name}, in order of execution`}
        scale={props.scale}
        tinyText={props.tinyText}
        room={props.room}
        inTabOrder={props.inTabOrder}
        onPoint={props.onPoint}
        onLeave={leave}
      />
    </div>
  )
}
