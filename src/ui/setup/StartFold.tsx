import { initialisationWords } from '../../domain/curveWords.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import { useSpec } from '../common/useLab.ts'
import { commonOption, deepestOf } from './editFamily.ts'
import { Fold } from './Fold.tsx'
import { RemedyButtons } from './RemedyButtons.tsx'
import { StartChoice } from './StartChoice.tsx'

/** How the weights start: the remedies that people tried other than shortcuts. */
export const StartFold = () => {
  const facts = useSpec(({ spec }) => factsOf(spec))
  const hasResidual = useSpec(({ spec }) => deepestOf(spec, 'residual') !== null)
  const hasPlain = useSpec(({ spec }) => deepestOf(spec, 'plain') !== null)
  return (
    <Fold title="Start of the weights" facts={facts}>
      {hasResidual ? <StartChoice kind="residual" /> : null}
      {hasPlain ? <StartChoice kind="plain" /> : null}
      <RemedyButtons />
    </Fold>
  )
}

const factsOf = (spec: ExperimentSpec): string => {
  const common = commonOption(spec, 'initialisation')
  return common === null ? 'they differ' : initialisationWords[common]
}
