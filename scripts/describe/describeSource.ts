import { existsSync } from 'node:fs'
import { findArchitecture } from '../../src/domain/architecturesLookup.ts'
import type { PublishedError } from '../../src/domain/architecturesPublished.ts'
import { curveLabel } from '../../src/domain/curveLabel.ts'
import { curveWords } from '../../src/domain/curveWords.ts'
import { networkSpecOf } from '../../src/domain/experimentSpec.ts'
import { layerTable } from '../../src/domain/layerTable.ts'
import type { NetworkSpec } from '../../src/domain/networkSpec.ts'
import { planLayers } from '../../src/domain/planLayers.ts'
import { readExperiment } from '../experiment/readExperiment.ts'

/** One row of the table, as `--json` prints it. */
export interface DescribedRow {
  readonly name: string
  /** Side, pixels. */
  readonly outputSize: number
  readonly outputChannels: number
  readonly layers: string
  readonly note: string | null
  /** Blocks that are folded into the row; 0 outside the stages. */
  readonly blocks: number
  readonly weightedLayers: number
  readonly parameters: number
  readonly multiplyAdds: number
  /** The part that belongs to projections and gates. */
  readonly shortcutParameters: number
  readonly shortcutMultiplyAdds: number
}

/** One network, as `--json` prints it. */
export interface DescribedNetwork {
  readonly name: string
  readonly title: string
  readonly depth: number
  readonly parameters: number
  readonly multiplyAdds: number
  readonly imageSize: number
  readonly classes: number
  readonly note: string | null
  readonly rows: readonly DescribedRow[]
  readonly published: readonly PublishedError[]
  /** As a paper rounds it, `0.27M`; null where none prints it. */
  readonly publishedParameters: string | null
}

/** A name gives one network; a link gives those of its experiment. */
export type Description = DescribedNetwork | { readonly networks: readonly DescribedNetwork[] }

type Names = Pick<DescribedNetwork, 'name' | 'title' | 'note' | 'published' | 'publishedParameters'>

const describeNetwork = (spec: NetworkSpec, names: Names): DescribedNetwork => {
  const plan = planLayers(spec)
  const { rows, totals } = layerTable(plan)
  return {
    name: names.name,
    title: names.title,
    depth: plan.depth,
    ...totals,
    imageSize: spec.imageSize,
    classes: spec.classes,
    note: names.note,
    rows: rows.map((row) => ({
      name: row.name,
      outputSize: row.outputSide,
      outputChannels: row.outputChannels,
      layers: row.structure,
      note: row.note,
      blocks: row.blocks.length,
      weightedLayers: row.weightedLayers,
      ...row.counts,
      shortcutParameters: row.shortcutCounts.parameters,
      shortcutMultiplyAdds: row.shortcutCounts.multiplyAdds,
    })),
    published: names.published,
    publishedParameters: names.publishedParameters,
  }
}

const isExperiment = (source: string): boolean =>
  /[#={]|^https?:/i.test(source) || (/\.json$/i.test(source) && existsSync(source))

/**
 * What a person asked for.
 * @param source the name of an architecture, or whatever `npm run experiment` reads
 * @throws Error with a sentence for people where it is neither
 */
export const describeSource = (source: string): Description => {
  if (isExperiment(source)) {
    const spec = readExperiment(source, { steps: null, seed: null })
    return {
      networks: spec.networks.map((curve) => {
        const label = curveLabel(curve)
        return describeNetwork(networkSpecOf(spec, curve), {
          name: label,
          title: label,
          note: `The network has ${curveWords(curve).join(', ')}.`,
          published: [],
          publishedParameters: null,
        })
      }),
    }
  }
  const found = findArchitecture(source)
  if (!found.ok) throw new Error(found.sentence)
  const { architecture } = found
  return describeNetwork(architecture.spec, {
    ...architecture,
    publishedParameters: architecture.publishedParameters?.text ?? null,
  })
}
