import { shortcutPhrase } from './curveWords.ts'
import { equalData } from './equalData.ts'
import { type LayerTable, layerTable } from './layerTable.ts'
import type { NetworkPlan } from './networkPlan.ts'
import type { NetworkSpec } from './networkSpec.ts'
import { planLayers } from './planLayers.ts'

/** A network with its table, under a name. */
export interface NamedNetwork {
  readonly title: string
  readonly plan: NetworkPlan
  readonly table: LayerTable
}

export const namedNetwork = (title: string, spec: NetworkSpec): NamedNetwork => {
  const plan = planLayers(spec)
  return { title, plan, table: layerTable(plan) }
}

const superscripts: Readonly<Record<number, string>> = { 3: '³', 6: '⁶', 9: '⁹', 12: '¹²' }

/** Multiply-adds as the papers print them: `3.66 × 10⁹`, three significant digits, in one piece on a line. */
export const multiplyAddsText = (count: number): string => {
  if (count < 1000) return String(count)
  const power = Math.min(12, 3 * Math.floor(Math.log10(Number(count.toPrecision(3))) / 3))
  return `${(count / 10 ** power).toPrecision(3)}\u00a0×\u00a010${superscripts[power]}`
}

/** Parameters as the papers print them: `21.8M`, three significant digits. */
export const parametersText = (count: number): string => {
  if (count < 1000) return String(count)
  const isThousands = count < 999_500
  return `${(count / (isThousands ? 1e3 : 1e6)).toPrecision(3)}${isThousands ? 'k' : 'M'}`
}

/** From here on a ratio says more than the two numbers. */
const tellingRatio = 1.05

const against = (a: number, b: number, unit: string, text: (count: number) => string): string => {
  if (a === b) return `the same ${text(a)} ${unit}`
  const ratio = Math.max(a, b) / Math.min(a, b)
  const times = ratio < tellingRatio ? '' : ` (${ratio.toPrecision(ratio < 10 ? 3 : 2)} times)`
  // Two numbers that only look equal when rounded are told apart by their difference.
  if (text(a) === text(b))
    return `${text(a)} ${unit} each, ${Math.abs(a - b).toLocaleString('en')} more in the ${a > b ? 'first' : 'second'}`
  return `${text(a)} against ${text(b)} ${unit}${times}`
}

/** How two networks differ, sentences: depth, parameters, multiply-adds, and whether anything but the shortcuts is another. */
export const comparisonSentences = (first: NamedNetwork, second: NamedNetwork): readonly string[] => {
  const [a, b] = [first.plan.spec, second.plan.spec]
  if (equalData(a, b)) return [`Both are ${first.title}.`]
  const depths =
    first.plan.depth === second.plan.depth
      ? `${first.plan.depth} weighted layers either way`
      : `${first.plan.depth} against ${second.plan.depth} weighted layers`
  const [x, y] = [first.table.totals, second.table.totals]
  return [
    `${first.title} and ${second.title}: ${depths}; ${against(x.parameters, y.parameters, 'parameters', parametersText)}; ${against(x.multiplyAdds, y.multiplyAdds, 'multiply-adds', multiplyAddsText)}.`,
    ...(equalData({ ...a, shortcut: b.shortcut }, b)
      ? [
          `Nothing but the shortcuts differs: ${shortcutPhrase({ ...a, depth: first.plan.depth })} against ${shortcutPhrase({ ...b, depth: second.plan.depth })}.`,
        ]
      : []),
    ...(a.imageSize === b.imageSize
      ? []
      : [
          `They read images of different size (${a.imageSize} and ${b.imageSize} pixels a side), so their multiply-adds do not compare layer by layer.`,
        ]),
  ]
}
