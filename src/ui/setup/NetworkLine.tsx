import { curveLabel } from '../../domain/curveLabel.ts'
import { type CurveSpec, optionsOf } from '../../domain/curveSpec.ts'
import { curveRole, type ExperimentSpec } from '../../domain/experimentSpec.ts'
import { limits } from '../../domain/limits.ts'
import { type ShortcutType, shortcutTypes } from '../../domain/networkSpec.ts'
import { Icon } from '../common/Icon.tsx'
import { NumberField } from '../common/NumberField.tsx'
import { SelectField } from '../common/SelectField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { depthProblem } from './depthProblem.ts'
import { withoutNetwork } from './editNetworks.ts'
import { curveWithDepth, withCurve, withReplaced } from './editSpec.ts'
import { NetworkOptionsFold } from './NetworkOptionsFold.tsx'
import { refusalOf } from './refusalOf.ts'

const kinds: Readonly<Record<ShortcutType, string>> = {
  none: 'plain',
  A: 'shortcut A',
  B: 'shortcut B',
  C: 'shortcut C',
  scaled: 'scaled',
  'exclusive-gate': 'exclusive gate',
  'shortcut-gate': 'shortcut gate',
  dropout: 'dropout',
}

interface NetworkLineProps {
  readonly index: number
  readonly curve: CurveSpec
}

/** One network: its depth, its shortcut, and below a fold the rest of what it is. */
export const NetworkLine = ({ index, curve }: NetworkLineProps) => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const { networks } = spec
  const { block } = optionsOf(curve)
  const deeper = (depth: number) => (now: ExperimentSpec) =>
    withReplaced(now, index, (old) => curveWithDepth(old, depth))
  return (
    <li className="network-line">
      <span className={`network-line__number ${curveRole(networks, curve)}-ink`}>{index + 1}</span>
      <NumberField
        className="network-line__depth"
        label={<span className="visually-hidden">Layers of network {index + 1}</span>}
        value={curve.depth}
        check={(depth) => depthProblem([block], depth, null) ?? refusalOf(deeper(depth)(spec))}
        onCommit={(depth) => controller.edit(deeper(depth))}
      />
      <SelectField
        className="network-line__kind"
        labelClass="visually-hidden"
        label={`Shortcut of network ${index + 1}`}
        value={curve.shortcut}
        options={shortcutTypes.map((value) => ({
          value,
          name: kinds[value],
          disabled:
            value !== curve.shortcut && refusalOf(withCurve(spec, index, { shortcut: value })) !== null,
        }))}
        onChange={(shortcut) => controller.edit((now) => withCurve(now, index, { shortcut }))}
      />
      <button
        type="button"
        className="button button--quiet button--small button--icon"
        aria-label={`Remove network ${index + 1}, ${curveLabel(curve)}`}
        title="Remove"
        aria-disabled={networks.length <= limits.networks.min}
        onClick={() => {
          if (networks.length > limits.networks.min) controller.edit((now) => withoutNetwork(now, index))
        }}
      >
        <Icon name="close" />
      </button>
      <NetworkOptionsFold index={index} curve={curve} />
    </li>
  )
}
