import { useId } from 'react'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { useLab, useSpec } from '../common/useLab.ts'
import { ChoiceCard, RefusalList } from './ChoiceCard.tsx'
import { CurveNumbers, shortcutNumbers } from './CurveNumbers.tsx'
import { shortcutNetwork, withShortcut } from './editSpec.ts'
import { Fold } from './Fold.tsx'
import { refusalOf } from './refusalOf.ts'
import { ShortcutDiagram } from './ShortcutDiagram.tsx'
import { shortcutCards } from './shortcutCards.ts'

type Shortcut = Exclude<ShortcutType, 'none'>

const first: readonly Shortcut[] = ['A', 'B', 'C']
const tried: readonly Shortcut[] = ['scaled', 'shortcut-gate', 'exclusive-gate', 'dropout']

/** Which shortcut the residual network has. Without one it would be the plain network again, so that is not offered here. */
export const ShortcutSection = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const group = useId()
  const network = shortcutNetwork(spec)
  const curve = network === null ? undefined : spec.networks[network]
  if (network === null || curve === undefined || curve.shortcut === 'none') return null

  const present = curve.shortcut
  const words = shortcutCards[present]
  const isTried = tried.includes(present)
  const offers = (types: readonly Shortcut[]) =>
    types.map((type) => ({
      type,
      name: shortcutCards[type].name,
      refusal: type === present ? null : refusalOf(withShortcut(spec, network, type)),
    }))
  const card = (className: string) => (offer: ReturnType<typeof offers>[number]) => (
    <ChoiceCard
      key={offer.type}
      group={group}
      className={className}
      isChosen={present === offer.type}
      refusal={offer.refusal}
      onChoose={() => controller.edit((now) => withShortcut(now, network, offer.type))}
    >
      <ShortcutDiagram type={offer.type} />
      <span>{offer.name}</span>
    </ChoiceCard>
  )
  return (
    <fieldset className="setup__section setup__fieldset">
      <legend className="section-title setup__sourced">
        Shortcut of network {network + 1} <span className="setup__source">{words.source}</span>
      </legend>
      <div className="cards">{offers(first).map(card('card'))}</div>
      <p className="note shortcut-words">{words.sentence}</p>
      <Fold
        className="fold fold--inner"
        title="Tried by He 2016"
        facts={isTried ? words.name : `${tried.length} others`}
        isNeeded={isTried}
      >
        <div className="cards cards--pairs">{offers(tried).map(card('card card--side'))}</div>
        <CurveNumbers index={network} curve={curve} options={shortcutNumbers} />
      </Fold>
      <RefusalList group={group} refusals={offers([...first, ...tried])} />
    </fieldset>
  )
}
