import { useSpec } from '../common/useLab.ts'
import { deepestOf } from './editFamily.ts'
import { RemedyButtons } from './RemedyButtons.tsx'
import { StartChoice } from './StartChoice.tsx'

/** How the networks of each kind start, and the remedies as further networks. */
export const StartOptions = () => {
  const hasResidual = useSpec(({ spec }) => deepestOf(spec, 'residual') !== null)
  const hasPlain = useSpec(({ spec }) => deepestOf(spec, 'plain') !== null)
  return (
    <>
      {hasResidual ? <StartChoice kind="residual" /> : null}
      {hasPlain ? <StartChoice kind="plain" /> : null}
      <RemedyButtons />
    </>
  )
}
