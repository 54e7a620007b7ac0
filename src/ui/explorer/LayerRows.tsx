import type { LayerRow, LayerTable } from '../../domain/layerTable.ts'
import { convText } from '../../domain/layerTableText.ts'

const exact = new Intl.NumberFormat('en')

/** The table of He et al. 2015 (table 1): output size, layers, parameters, multiply-adds. It scrolls inside its own box. */
export const LayerRows = ({ title, table }: { readonly title: string; readonly table: LayerTable }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section className="explorer-scroller" aria-label={`Layers of ${title}`} tabIndex={0}>
    <table className="explorer-table">
      <caption>Layers of {title}, counted here</caption>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">Output</th>
          <th scope="col">Layers</th>
          <th scope="col">Parameters</th>
          <th scope="col">Multiply-adds</th>
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td>
              {row.outputSide}×{row.outputSide}
            </td>
            <td>
              <Structure row={row} />
              <Note row={row} />
            </td>
            <td>{exact.format(row.counts.parameters)}</td>
            <td>{exact.format(row.counts.multiplyAdds)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            Total
          </th>
          <td>{exact.format(table.totals.parameters)}</td>
          <td>{exact.format(table.totals.multiplyAdds)}</td>
        </tr>
      </tfoot>
    </table>
  </section>
)

/** The layers of one block in brackets, and how often it comes; else the row's layers in words. */
const Structure = ({ row }: { readonly row: LayerRow }) =>
  row.kind === 'stage' ? (
    <span className="explorer-structure">
      <span className="explorer-bracket">
        {row.convs.map((conv) => (
          <span key={conv.name}>{convText(conv)}</span>
        ))}
      </span>{' '}
      × {row.blocks.length}
    </span>
  ) : (
    row.structure
  )

const Note = ({ row }: { readonly row: LayerRow }) => {
  const { note, shortcutCounts: shortcuts } = row
  if (note === null) return null
  return (
    <span className="explorer-note">
      <span>{note}</span>
      {shortcuts.parameters === 0 ? null : (
        <span>
          shortcuts: {exact.format(shortcuts.parameters)} of the parameters,{' '}
          {exact.format(shortcuts.multiplyAdds)} of the multiply-adds
        </span>
      )}
    </span>
  )
}
