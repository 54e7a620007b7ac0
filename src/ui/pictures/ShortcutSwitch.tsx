import type { CurveSpec } from '../../domain/curveSpec.ts'
import { lockedProps } from './lockedButton.ts'
import type { ShortcutState } from './shortcutState.ts'

const percent = (strength: number): string => `${Math.round(100 * strength)} %`

/** What the switch leads to or has led to, in a few words; empty where all is as the network's name says. */
const stateWords = (state: ShortcutState, isPlain: boolean): string => {
  switch (state.kind) {
    case 'on':
      return isPlain ? 'now a residual network' : ''
    case 'off':
      return isPlain ? '' : 'now a plain network'
    case 'mixed':
      return `${state.on} of ${state.of} on`
    case 'fading':
      return `fading ${state.to === 1 ? 'in' : 'out'}: ${percent(state.strength)}`
    default:
      return state satisfies never
  }
}

/** Master switch of one network's shortcuts: on and off at once, or as a fade. */
export const ShortcutSwitch = ({
  name,
  curve,
  state,
  goingTo,
  fadeSteps,
  live,
  planned,
  locked,
  onSwitch,
}: {
  name: string
  curve: CurveSpec
  state: ShortcutState
  /** Where most of the shortcuts stand or go. */
  goingTo: 0 | 1
  fadeSteps: number
  /** Whether a switch takes effect at the next step. */
  live: boolean
  /** Whether what is shown is a plan, not what trained. */
  planned: boolean
  /** Why nothing can be switched now, a sentence; null where it can. */
  locked: string | null
  onSwitch: (to: 0 | 1, overSteps: number) => void
}) => {
  const isPlain = curve.shortcut === 'none'
  const words = stateWords(state, isPlain)
  const changed = state.kind !== (isPlain ? 'off' : 'on')
  const when = live ? 'at the next step' : 'from step 0 of the next run'
  const onWords = isPlain
    ? `Adds a shortcut to every block: makes it a residual network, ${when}`
    : `All its shortcuts on, ${when}`
  const offWords = isPlain
    ? `As it was built, without shortcuts, ${when}`
    : `Takes every shortcut away: makes it a plain network, ${when}`
  const fadeWords = `Moves every shortcut's strength from ${goingTo === 1 ? '1 to 0' : '0 to 1'}, step by step over ${fadeSteps} steps, beginning ${when}`
  const press = (to: 0 | 1, overSteps: number) => locked === null && onSwitch(to, overSteps)
  return (
    <div className="pictures-switch">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend; this is a group of buttons. */}
      <div className="pictures-switchRow" role="group" aria-label={`Shortcuts of ${name}`}>
        <span className="pictures-segments">
          <button
            type="button"
            aria-pressed={state.kind === 'off'}
            aria-label={`Shortcuts of ${name} off`}
            title={offWords}
            onClick={() => press(0, 0)}
            {...lockedProps(locked)}
          >
            Off
          </button>
          <button
            type="button"
            className="pictures-on"
            aria-pressed={state.kind === 'on'}
            aria-label={`Shortcuts of ${name} on`}
            title={onWords}
            onClick={() => press(1, 0)}
            {...lockedProps(locked)}
          >
            On
          </button>
        </span>
        <button
          type="button"
          className="pictures-fade"
          aria-label={`Fade the shortcuts of ${name} ${goingTo === 1 ? 'out' : 'in'} over ${fadeSteps} steps`}
          title={fadeWords}
          onClick={() => press(goingTo === 1 ? 0 : 1, fadeSteps)}
          {...lockedProps(locked)}
        >
          Fade {goingTo === 1 ? 'out' : 'in'}
        </button>
      </div>
      <div className="pictures-words">
        {words}
        {planned && changed && words !== '' ? ', from step 0' : ''}
      </div>
    </div>
  )
}
