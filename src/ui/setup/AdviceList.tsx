import { useMemo } from 'react'
import { type Advice, adviseSpec } from '../../domain/adviseSpec.ts'
import { useSpec } from '../common/useLab.ts'

/** Said beside the depth (`DeepRecipeHint`) and by the cost itself. */
const saidElsewhere: readonly Advice['key'][] = ['cost', 'deep-recipe']

/** What is known to go wrong with this set-up, before it runs. It refuses nothing. */
export const AdviceList = () => {
  const spec = useSpec((state) => state.spec)
  const advice = useMemo(() => adviseSpec(spec).filter(({ key }) => !saidElsewhere.includes(key)), [spec])
  if (advice.length === 0) return null
  return (
    <ul className="bare hint advice" aria-label="Worth knowing about this set-up">
      {advice.map(({ key, sentence }) => (
        <li key={key}>{sentence}</li>
      ))}
    </ul>
  )
}
