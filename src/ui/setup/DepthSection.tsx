import type { BlockType } from '../../domain/networkSpec.ts'
import { blocksInEvenStage, depthStride } from '../../domain/networkSpec.ts'
import { formatList } from '../common/format.ts'
import { NumberField } from '../common/NumberField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { DeepRecipeHint } from './DeepRecipeHint.tsx'
import { depthProblem } from './depthProblem.ts'
import { commonDepth, commonStages, deepBlocks, deepNetworks, referenceDepth, withDepth } from './editSpec.ts'

/** Ticks of the slider: 8 to 56 layers with basic blocks, 11 to 83 with three-layer ones. */
const mostBlocks = 9

const offeredDepths = (blocks: readonly BlockType[], reference: number | null): readonly number[] => {
  const longest = Math.max(...blocks.map(depthStride))
  const ticks = Array.from({ length: mostBlocks }, (_, index) => (index + 1) * longest + 2)
  return ticks.filter((depth) => depthProblem(blocks, depth, reference) === null)
}

/** One depth for all networks but the shallow reference. */
export const DepthSection = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const depth = commonDepth(spec)
  const stages = commonStages(spec)
  const reference = referenceDepth(spec)
  const blocks = deepBlocks(spec)
  const numbers = formatList(deepNetworks(spec).map((network) => network + 1))
  const depths = offeredDepths(blocks, reference)
  const shown = depth ?? Math.max(...spec.networks.map((curve) => curve.depth))
  const position = Math.max(
    0,
    depths.findLastIndex((candidate) => candidate <= shown),
  )
  const choose = (wanted: number | undefined) => {
    if (wanted !== undefined) controller.edit((now) => withDepth(now, wanted))
  }
  return (
    <section className="setup__section" aria-labelledby="setup-depth">
      <h3 className="section-title" id="setup-depth">
        Depth of network{numbers.length > 1 ? 's' : ''} {numbers}
      </h3>
      <NumberField
        className="depth"
        inputClass="input depth__input"
        label={<span className="visually-hidden">Layers</span>}
        value={shown}
        check={(wanted) => depthProblem(blocks, wanted, reference)}
        onCommit={choose}
      >
        <span className="note">{depthWords(depth, blocks, stages)}</span>
      </NumberField>
      <input
        className="range"
        type="range"
        aria-label={`Layers of network${numbers.length > 1 ? 's' : ''} ${numbers}`}
        min={0}
        max={depths.length - 1}
        step={1}
        value={position}
        aria-valuetext={`${shown} layers`}
        style={{ '--fill': position / Math.max(1, depths.length - 1) }}
        onChange={(event) => choose(depths[Number(event.target.value)])}
      />
      <div className="depth__ticks" aria-hidden="true">
        {depths.map((tick) => (
          <button
            type="button"
            tabIndex={-1}
            key={tick}
            className={tick === depth && stages === null ? 'depth__tick depth__tick--on' : 'depth__tick'}
            onClick={() => choose(tick)}
          >
            {tick}
          </button>
        ))}
      </div>
      <DeepRecipeHint />
    </section>
  )
}

/** How the depth comes about: `6 × 5 + 2 layers`, `stages 3-4-6-3`. */
const depthWords = (
  depth: number | null,
  blocks: readonly BlockType[],
  stages: readonly number[] | null,
): string => {
  if (stages !== null) return `stages ${stages.join('-')}`
  const [block] = blocks
  if (depth === null) return 'the deepest; they differ'
  if (block === undefined || blocks.length > 1) return 'their blocks differ'
  const inStage = blocksInEvenStage(block, depth)
  return Number.isInteger(inStage) ? `${depthStride(block)} × ${inStage} + 2 layers` : 'their stages differ'
}
