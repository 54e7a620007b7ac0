/** Mean width of a letter as a share of the font's size, a little generous: nothing measures text outside a page. */
const letterWidth = 0.53
const narrow = new Set("iljtfrI.,:;|!'() ")
const wide = new Set('mwMW%@—')

/** About how wide a text is drawn, pixels. */
export const textWidth = (text: string, size: number): number => {
  let units = 0
  for (const letter of text) units += narrow.has(letter) ? 0.32 : wide.has(letter) ? 0.86 : letterWidth + 0.03
  return units * size
}

/** Breaks a text into lines that fit, at spaces or, for long words (links), anywhere; what is beyond `most` lines ends in an ellipsis. */
export const wrapped = (text: string, size: number, width: number, most: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((word) => chopped(word, size, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (textWidth(longer, size) <= width) line = longer
    else {
      if (line !== '') lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  if (lines.length <= most) return lines
  let last = lines[most - 1] ?? ''
  while (last.length > 0 && textWidth(`${last}…`, size) > width) last = last.slice(0, -1)
  return [...lines.slice(0, most - 1), `${last}…`]
}

const chopped = (word: string, size: number, width: number): readonly string[] => {
  if (textWidth(word, size) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const letter of word) {
    if (piece !== '' && textWidth(piece + letter, size) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...pieces, piece]
}
