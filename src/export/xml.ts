/** Text for between tags and between quotes; characters that XML 1.0 cannot hold at all become question marks. */
export const escapeXml = (text: string): string =>
  Array.from(text, (letter) => (isXmlLetter(letter) ? (entities.get(letter) ?? letter) : '?')).join('')

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
])

/** XML 1.0, production 2: `Char`. */
const isXmlLetter = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
}

export type Attributes = Readonly<Record<string, string | number | null>>

/** An element whose children are markup already; attributes are escaped, those that are null left out, numbers kept short. */
export const element = (name: string, attributes: Attributes, ...children: readonly string[]): string => {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) =>
      value === null ? [] : [` ${key}="${typeof value === 'number' ? short(value) : escapeXml(value)}"`],
    )
    .join('')
  const inside = children.join('')
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`
}

/** A coordinate to a hundredth of a pixel. */
export const short = (value: number): string => String(Math.round(value * 100) / 100)

/** Words at a place, escaped. */
export const textElement = (content: string, x: number, y: number, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeXml(content))
