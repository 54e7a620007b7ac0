import { memo } from 'react'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { PictureLayout } from './pictureLayout.ts'

/** Channels and side at the start of each stage: of all networks of the experiment, in which the channels may differ. */
export const StageNames = memo(
  ({ plans, picture }: { plans: readonly NetworkPlan[]; picture: PictureLayout }) => (
    <div className="pictures-stages" style={{ width: picture.width }}>
      {picture.stageStarts.map((start, index) => {
        const firsts = plans.flatMap(({ blocks }) => blocks.find(({ stage }) => stage === index + 1) ?? [])
        const end = picture.stageStarts[index + 1] ?? picture.headX
        const side = firsts[0]?.outputSide
        if (side === undefined) return null
        const widths = [...new Set(firsts.map(({ outputChannels }) => outputChannels))]
        const channels = widths.join('/')
        const room = end - start
        return (
          <span
            key={start}
            style={{ left: start, width: room }}
            title={`Stage ${index + 1}: ${widths.join(' or ')} channels, ${side} × ${side} pixels`}
          >
            {channels} {room > (widths.length > 1 ? 150 : 130) ? 'channels' : 'ch'}
            {room > (widths.length > 1 ? 110 : 90) && `, ${side}×${side}`}
          </span>
        )
      })}
    </div>
  ),
)
