import type { DescribedNetwork, Description } from './describeSource.ts'

const number = new Intl.NumberFormat('en')

const head = ['layer', 'output', 'layers', 'parameters', 'multiply-adds'] as const
/** Columns of words; numbers stand to the right. */
const wordColumns: readonly number[] = [0, 2]

const rowsOf = (network: DescribedNetwork): readonly (readonly string[])[] =>
  network.rows.map((row) => [
    row.name,
    `${row.outputSize}×${row.outputSize}`,
    row.layers,
    number.format(row.parameters),
    number.format(row.multiplyAdds),
  ])

/** Notes stand under their row, in the column of the layers. */
const notesOf = (network: DescribedNetwork): readonly (readonly string[])[] =>
  network.rows.map((row) => [
    ...(row.note === null ? [] : [row.note]),
    ...(row.shortcutParameters === 0
      ? []
      : [
          `of these in shortcuts: ${number.format(row.shortcutParameters)} parameters, ${number.format(row.shortcutMultiplyAdds)} multiply-adds`,
        ]),
  ])

const publishedLines = ({ published, publishedParameters }: DescribedNetwork): readonly string[] => [
  ...published.map(
    ({ value, relation, measure, source, conditions }) =>
      `  ${relation === 'above' ? 'above ' : ''}${value} %  ${measure} (${source}; ${conditions})`,
  ),
  ...(publishedParameters === null ? [] : [`  ${publishedParameters} parameters (He et al. 2015, table 6)`]),
]

const networkText = (network: DescribedNetwork): string => {
  const rows = rowsOf(network)
  const total = ['total', '', '', number.format(network.parameters), number.format(network.multiplyAdds)]
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows, total].map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        wordColumns.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd()
  const indent = ' '.repeat((widths[0] ?? 0) + (widths[1] ?? 0) + 6)
  const notes = notesOf(network)
  const published = publishedLines(network)
  const { title, depth, imageSize, classes } = network
  return [
    `${title}: ${depth} weighted layers, ${imageSize}×${imageSize} images, ${classes} classes`,
    ...(network.note === null ? [] : [network.note]),
    '',
    line(head),
    ...rows.flatMap((row, index) => [line(row), ...(notes[index] ?? []).map((note) => indent + note)]),
    line(total),
    '',
    ...(published.length === 0 ? [] : ['Published, not measured here:', ...published, '']),
  ].join('\n')
}

/** The description as a table for a terminal. */
export const descriptionText = (description: Description): string =>
  'networks' in description ? description.networks.map(networkText).join('\n\n') : networkText(description)
