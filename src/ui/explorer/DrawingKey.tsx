import type { LayerTable } from '../../domain/layerTable.ts'
import { pathWords } from './drawingText.ts'

/** The signs that occur in the drawings. */
export const DrawingKey = ({ tables }: { readonly tables: readonly LayerTable[] }) => {
  const blocks = tables.flatMap(({ rows }) => rows.flatMap((row) => row.blocks))
  const has = (path: (typeof blocks)[number]['shortcutPath']) =>
    blocks.some(({ shortcutPath }) => shortcutPath === path)
  return (
    <p className="explorer-key" aria-hidden="true">
      <span>×n: n more of these blocks</span>
      {blocks.every(({ shortcutPath }) => shortcutPath === 'none') ? null : <span>arc: shortcut</span>}
      {has('subsample-pad') ? <span>○ {pathWords('subsample-pad')}</span> : null}
      {has('projection') ? <span>■ {pathWords('projection')}</span> : null}
    </p>
  )
}
