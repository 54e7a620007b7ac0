import type { NamedNetwork } from '../../domain/architecturesCompared.ts'
import type { ShortcutPath } from '../../domain/networkPlan.ts'
import { pathWords, shortcutSign } from './drawingText.ts'

/** The signs that occur in the drawings; those who do not see them have `drawingText`. */
export const DrawingKey = ({ networks }: { readonly networks: readonly NamedNetwork[] }) => {
  const blocks = networks.flatMap(({ plan }) => plan.blocks)
  const has = (path: ShortcutPath) => blocks.some(({ shortcutPath }) => shortcutPath === path)
  const signs = networks.map(({ plan }) => shortcutSign(plan.spec.shortcut)).filter((sign) => sign !== null)
  const letters = new Map(signs.map((sign) => [sign.words, sign.letter]))
  return (
    <p className="explorer-key" aria-hidden="true">
      <span>×n: n more of these blocks</span>
      {blocks.every(({ shortcutPath }) => shortcutPath === 'none') ? null : <span>arc: shortcut</span>}
      {has('subsample-pad') ? <span>○ {pathWords('subsample-pad')}</span> : null}
      {has('projection') ? <span>■ {pathWords('projection')}</span> : null}
      {[...letters].map(([words, letter]) => (
        <span key={words}>
          <i>{letter}</i> {words}
        </span>
      ))}
    </p>
  )
}
