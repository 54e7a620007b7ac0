import { memo } from 'react'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { PictureLayout } from './pictureLayout.ts'

/** Channels and side at the start of each stage: the same for every network of an experiment. */
export const StageNames = memo(({ plan, picture }: { plan: NetworkPlan; picture: PictureLayout }) => (
  <div className="pictures-stages" style={{ width: picture.width }}>
    {picture.stageStarts.map((start, index) => {
      const block = plan.blocks.find((candidate) => candidate.stage === index + 1)
      const end = picture.stageStarts[index + 1] ?? picture.headX
      if (block === undefined) return null
      const { outputChannels: channels, outputSide: side } = block
      const room = end - start
      return (
        <span
          key={start}
          style={{ left: start, width: room }}
          title={`Stage ${index + 1}: ${channels} channels, ${side} × ${side} pixels`}
        >
          {channels} {room > 130 ? 'channels' : 'ch'}
          {room > 90 && `, ${side}×${side}`}
        </span>
      )
    })}
  </div>
))
