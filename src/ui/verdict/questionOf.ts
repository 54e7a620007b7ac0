import { type CurveRole, curveRole, type ExperimentSpec } from '../../domain/experimentSpec.ts'

/** A piece of a sentence; coloured like the network that it speaks of. */
export interface SentencePart {
  readonly text: string
  readonly role: CurveRole | null
}

const plainText = (text: string): SentencePart => ({ text, role: null })

/** What this experiment asks, before anything was measured. */
export const questionOf = ({ networks }: ExperimentSpec): readonly SentencePart[] => {
  const ofRole = (role: CurveRole) => networks.filter((curve) => curveRole(networks, curve) === role)
  const deepest = ofRole('plain')[0]
  const shallow = ofRole('reference')[0]
  const hasShortcuts = ofRole('residual').length > 0
  if (deepest !== undefined && shallow !== undefined)
    return [
      plainText('Will '),
      { text: `${deepest.depth} layers`, role: 'plain' },
      plainText(' train better than '),
      { text: String(shallow.depth), role: 'reference' },
      plainText(hasShortcuts ? '? And with ' : '?'),
      ...(hasShortcuts ? [{ text: 'shortcuts', role: 'residual' } as const, plainText('?')] : []),
    ]
  if (deepest !== undefined && hasShortcuts)
    return [
      plainText('The same layers, '),
      { text: 'plain', role: 'plain' },
      plainText(' and with '),
      { text: 'shortcuts', role: 'residual' },
      plainText(': which trains better?'),
    ]
  return [plainText('Which of these networks trains best?')]
}
