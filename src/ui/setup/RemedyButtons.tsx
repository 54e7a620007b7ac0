import { curveLabel } from '../../domain/curveLabel.ts'
import type { CurveSpec } from '../../domain/curveSpec.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import { limits } from '../../domain/limits.ts'
import type { Initialisation } from '../../domain/networkSpec.ts'
import { Icon } from '../common/Icon.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { deepestOf, type NetworkKind } from './editFamily.ts'
import { hasCurve, withAdded } from './editNetworks.ts'
import { refusalOf } from './refusalOf.ts'

const remedies: readonly {
  readonly start: Exclude<Initialisation, 'he'>
  readonly kind: NetworkKind
  readonly words: string
}[] = [
  { start: 'dirac', kind: 'plain', words: 'Dirac kernels' },
  { start: 'zero-gamma', kind: 'residual', words: 'zero last gamma' },
  { start: 'skipinit', kind: 'residual', words: 'SkipInit' },
]

interface Offer {
  readonly curve: CurveSpec
  readonly words: string
}

/** What can be compared beside the networks that are there: the deepest of its kind, with a remedy. */
const offersFor = (spec: ExperimentSpec): readonly Offer[] =>
  remedies.flatMap(({ start, kind, words }): Offer[] => {
    const base = deepestOf(spec, kind)
    if (base === null) return []
    const curve = { ...base, initialisation: start }
    if (hasCurve(spec, curve)) return []
    if (spec.networks.length < limits.networks.max && refusalOf(withAdded(spec, curve)) !== null) return []
    return [{ curve, words: `${curveLabel({ ...base, initialisation: 'he' })} with ${words}` }]
  })

/** A remedy as one more curve: beside the network without it one sees what it does. */
export const RemedyButtons = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const isFull = spec.networks.length >= limits.networks.max
  const offers = offersFor(spec)
  if (offers.length === 0) return null
  return (
    <fieldset className="setup__fieldset remedies">
      <legend className="section-title">Or beside them, as a further curve</legend>
      {offers.map(({ curve, words }) => (
        <button
          key={words}
          type="button"
          className="button button--small"
          aria-disabled={isFull}
          onClick={() => {
            if (!isFull) controller.edit((now) => withAdded(now, curve))
          }}
        >
          <Icon name="plus" /> Add {words}
        </button>
      ))}
      {isFull ? (
        <p className="note">There are {limits.networks.max} networks, the most. Remove one first.</p>
      ) : null}
    </fieldset>
  )
}
