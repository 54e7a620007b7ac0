import type { StrengthRamps } from '../../domain/interventions.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { SeriesStore } from '../../state/lab.ts'
import { BlockFigure } from './BlockFigure.tsx'
import { blockFormula } from './blockFormula.ts'
import type { NetworkPart } from './blockPieces.ts'
import { partName } from './closeUpText.ts'
import type { Figure } from './figureLayout.ts'
import type { NetworkStyle } from './networkStyle.ts'
import { useBlockStrength } from './useBlockStrength.ts'

/** One part of one network as the close-up shows it, with all that is needed to draw it. */
export interface PanelFacts {
  readonly network: number
  readonly part: NetworkPart
  readonly figure: Figure
  readonly plan: NetworkPlan
  readonly ramps: StrengthRamps
  readonly style: NetworkStyle
  /** All blocks that are drawn as one in the row; none for stem and head. */
  readonly blocks: readonly number[]
}

/** Its name, its formula at the present strength, and its drawing. */
export const CloseUpPanel = ({
  facts: { network, part, figure, plan, ramps, style, blocks },
  series,
  showsRun,
  inTabOrder,
  onPoint,
  onLeave,
}: {
  facts: PanelFacts
  series: SeriesStore
  showsRun: boolean
  inTabOrder: boolean
  onPoint: (network: number, part: NetworkPart, piece: string) => void
  onLeave: (network: number, part: NetworkPart) => void
}) => {
  const strength = useBlockStrength(series, ramps, showsRun, blocks)
  const block = typeof part === 'number' ? plan.blocks[part] : undefined
  const name = partName(
    part,
    blocks.flatMap((index) => plan.blocks[index] ?? []),
  )
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
        figure={figure}
        strength={strength}
        label={`Network ${network + 1}, ${name}, in order of execution`}
        inTabOrder={inTabOrder}
        onPoint={(piece) => onPoint(network, part, piece)}
        onLeave={() => onLeave(network, part)}
      />
    </div>
  )
}
