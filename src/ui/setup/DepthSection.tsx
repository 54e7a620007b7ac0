import { blocksPerStageOf, depthOf } from '../../domain/networkSpec.ts'
import { formatList } from '../common/format.ts'
import { NumberField } from '../common/NumberField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { DeepRecipeHint } from './DeepRecipeHint.tsx'
import { depthProblem } from './depthProblem.ts'
import { commonDepth, deepNetworks, referenceDepth, withDepth } from './editSpec.ts'

const offered = [8, 14, 20, 26, 32, 38, 44, 50, 56]

/** One depth for all networks but the shallow reference. */
export const DepthSection = () => {
  const { controller } = useLab()
  const depth = useSpec((state) => commonDepth(state.spec))
  const reference = useSpec((state) => referenceDepth(state.spec))
  const numbers = useSpec((state) => formatList(deepNetworks(state.spec).map((network) => network + 1)))
  const deepest = useSpec((state) => Math.max(...state.spec.networks.map((curve) => curve.depth)))
  const depths = offered.filter((candidate) => reference === null || candidate > reference)
  const shown = depth ?? deepest
  const position = Math.max(
    0,
    depths.findLastIndex((candidate) => candidate <= shown),
  )
  const choose = (wanted: number) => controller.edit((spec) => withDepth(spec, wanted))
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
        check={(wanted) => depthProblem(wanted, reference)}
        onCommit={choose}
      >
        <span className="note">
          {depth === null ? 'the deepest; they differ' : `6 × ${blocksPerStageOf(depth)} + 2 layers`}
        </span>
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
        onChange={(event) => choose(depths[Number(event.target.value)] ?? depthOf(5))}
      />
      <div className="depth__ticks" aria-hidden="true">
        {depths.map((tick) => (
          <button
            type="button"
            tabIndex={-1}
            key={tick}
            className={tick === depth ? 'depth__tick depth__tick--on' : 'depth__tick'}
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
