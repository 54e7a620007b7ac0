import type { CurveSpec } from '../../domain/curveSpec.ts'
import { curveLabel, curveRole } from '../../domain/experimentSpec.ts'
import { limits } from '../../domain/limits.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { Icon } from '../common/Icon.tsx'
import { NumberField } from '../common/NumberField.tsx'
import { SelectField } from '../common/SelectField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { depthProblem } from './depthProblem.ts'
import { withAddedNetwork, withCurve, withoutNetwork } from './editSpec.ts'

const kinds: readonly { readonly value: ShortcutType; readonly name: string }[] = [
  { value: 'none', name: 'plain' },
  { value: 'A', name: 'shortcut A' },
  { value: 'B', name: 'shortcut B' },
  { value: 'C', name: 'shortcut C' },
]

/** Every curve of the experiment, one by one. */
export const NetworksEditor = () => {
  const { controller } = useLab()
  const networks = useSpec((state) => state.spec.networks)
  return (
    <details className="fold">
      <summary>
        <span className="fold__title">Networks</span>
        <span className="fold__facts">{networks.length} curves</span>
      </summary>
      <div className="fold__body">
        <ul className="networks">
          {networks.map((curve, index) => (
            // The place in the list is what a network is known by.
            <NetworkLine key={index} index={index} curve={curve} networks={networks} />
          ))}
        </ul>
        <button
          type="button"
          className="button button--small"
          aria-disabled={networks.length >= limits.networks.max}
          onClick={() => {
            if (networks.length < limits.networks.max) controller.edit(withAddedNetwork)
          }}
        >
          <Icon name="plus" /> Add a network
        </button>
        <p className="note">All start from the same seed and see the same batches.</p>
      </div>
    </details>
  )
}

interface NetworkLineProps {
  readonly index: number
  readonly curve: CurveSpec
  readonly networks: readonly CurveSpec[]
}

const NetworkLine = ({ index, curve, networks }: NetworkLineProps) => {
  const { controller } = useLab()
  const others = networks.filter((_, other) => other !== index)
  const isTwin = (change: Partial<CurveSpec>) =>
    others.some((other) => curveLabel(other) === curveLabel({ ...curve, ...change }))
  return (
    <li className="network-line">
      <span className={`network-line__number ${curveRole(networks, curve)}-ink`}>{index + 1}</span>
      <NumberField
        className="network-line__depth"
        label={<span className="visually-hidden">Layers of network {index + 1}</span>}
        value={curve.depth}
        check={(depth) =>
          depthProblem(depth, null) ?? (isTwin({ depth }) ? 'That network is already there.' : null)
        }
        onCommit={(depth) => controller.edit((spec) => withCurve(spec, index, { depth }))}
      />
      <SelectField
        className="network-line__kind"
        labelClass="visually-hidden"
        label={`Shortcut of network ${index + 1}`}
        value={curve.shortcut}
        options={kinds.filter(({ value }) => value === curve.shortcut || !isTwin({ shortcut: value }))}
        onChange={(shortcut) => controller.edit((spec) => withCurve(spec, index, { shortcut }))}
      />
      <button
        type="button"
        className="button button--quiet button--small button--icon"
        aria-label={`Remove network ${index + 1}, ${curveLabel(curve)}`}
        title="Remove"
        aria-disabled={networks.length <= limits.networks.min}
        onClick={() => {
          if (networks.length > limits.networks.min) controller.edit((spec) => withoutNetwork(spec, index))
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}
