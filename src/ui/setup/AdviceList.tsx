import { useMemo, useState } from 'react'
import { type Advice, adviseSpec } from '../../domain/adviseSpec.ts'
import { useSpec } from '../common/useLab.ts'

/** Said beside the depth (`DeepRecipeHint`) and by the cost itself. */
const saidElsewhere: readonly Advice['key'][] = ['cost', 'deep-recipe']

/** What is known to go wrong with this set-up, before it runs. It refuses nothing. */
export const AdviceList = () => {
  const spec = useSpec((state) => state.spec)
  const advice = useMemo(() => adviseSpec(spec).filter(({ key }) => !saidElsewhere.includes(key)), [spec])
  const [showsAll, setShowsAll] = useState(false)
  if (advice.length === 0) return null
  const rest = advice.length - 1
  return (
    <div className="hint advice">
      <ul className="bare advice__list" aria-label="Worth knowing about this set-up">
        {(showsAll ? advice : advice.slice(0, 1)).map(({ key, sentence }) => (
          <li key={key}>{sentence}</li>
        ))}
      </ul>
      {rest === 0 ? null : (
        <button type="button" className="link-button" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Only the first' : `${rest} more to know`}
        </button>
      )}
    </div>
  )
}
