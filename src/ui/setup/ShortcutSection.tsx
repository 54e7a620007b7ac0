import { useId } from 'react'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { useLab, useSpec } from '../common/useLab.ts'
import { shortcutNetwork, withShortcut } from './editSpec.ts'
import { ShortcutDiagram } from './ShortcutDiagram.tsx'

const kinds: readonly { readonly type: Exclude<ShortcutType, 'none'>; readonly words: string }[] = [
  { type: 'A', words: 'Identity; zeros appended where the channels grow. No parameters.' },
  { type: 'B', words: 'Identity; a 1×1 convolution with batch norm where the channels grow.' },
  { type: 'C', words: 'A 1×1 convolution with batch norm in every block.' },
]

/** Which shortcut the residual network has. Without one it would be the plain network again, so that is not offered here. */
export const ShortcutSection = () => {
  const { controller } = useLab()
  const network = useSpec((state) => shortcutNetwork(state.spec))
  const present = useSpec(({ spec }) => {
    const index = shortcutNetwork(spec)
    return index === null ? null : (spec.networks[index]?.shortcut ?? null)
  })
  const name = useId()
  if (network === null) return null
  return (
    <fieldset className="setup__section setup__fieldset">
      <legend className="section-title">Shortcut of network {network + 1}</legend>
      <div className="cards">
        {kinds.map(({ type }) => (
          <label key={type} className="card">
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={present === type}
              onChange={() => controller.edit((spec) => withShortcut(spec, network, type))}
            />
            <ShortcutDiagram type={type} />
            {type}
          </label>
        ))}
      </div>
      <p className="note shortcut-words">
        {kinds.find(({ type }) => type === present)?.words} <span className="faint">He 2015, §3.3</span>
      </p>
    </fieldset>
  )
}
