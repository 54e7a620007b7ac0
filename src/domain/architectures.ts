import {
  type PublishedCount,
  type PublishedError,
  publishedCounts,
  publishedErrors,
} from './architecturesPublished.ts'
import { type BlockType, defaultOptions, evenBlocks, type NetworkSpec } from './networkSpec.ts'

export type ArchitectureFamily = 'imagenet' | 'cifar'

/** A network of the papers in its own size, with what they report of it. */
export interface Architecture {
  /** As commands write it: `resnet34`, `cifar-plain56`. */
  readonly name: string
  /** As people write it. */
  readonly title: string
  readonly family: ArchitectureFamily
  readonly spec: NetworkSpec
  /** What a reader should know of the plan, sentences; null where it is the papers' own. */
  readonly note: string | null
  readonly published: readonly PublishedError[]
  readonly publishedParameters: PublishedCount | null
}

/** He et al. 2015, table 1: 224 × 224 images, 1000 classes, 64 filters after a 7×7 convolution and a pooling. */
const imageNetSpec: NetworkSpec = {
  ...defaultOptions,
  shortcut: 'B',
  stem: 'large',
  blocksPerStage: [2, 2, 2, 2],
  width: 64,
  imageSize: 224,
  channels: 3,
  classes: 1000,
}

/** He et al. 2015, section 4.2: 32 × 32 images, 10 classes, three stages of 16, 32 and 64 filters. */
const cifarSpec: NetworkSpec = {
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [3, 3, 3],
  width: 16,
  imageSize: 32,
  channels: 3,
  classes: 10,
}

const describe = (
  facts: Pick<Architecture, 'name' | 'title' | 'family' | 'spec' | 'note'>,
): Architecture => ({
  ...facts,
  published: publishedErrors[facts.name] ?? [],
  publishedParameters: publishedCounts[facts.name] ?? null,
})

const blocksOf: Readonly<Record<number, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
}

const imageNetArchitecture = (
  name: string,
  title: string,
  depth: number,
  change: Partial<NetworkSpec>,
  note: string | null,
): Architecture =>
  describe({
    name,
    title,
    family: 'imagenet',
    spec: { ...imageNetSpec, blocksPerStage: blocksOf[depth] ?? [], ...change },
    note,
  })

const strideNote =
  'The stride of a block is in its 3×3 convolution, as torchvision has it; the models of the 2015 paper had it in the first 1×1.'
const basicNote = 'Shortcuts B, as torchvision has them.'

const blockOf = (depth: number): BlockType => (depth < 50 ? 'basic' : 'bottleneck')

const resNet = (depth: number): Architecture =>
  imageNetArchitecture(
    `resnet${depth}`,
    `ResNet-${depth}`,
    depth,
    { block: blockOf(depth) },
    blockOf(depth) === 'basic' ? basicNote : `${basicNote} ${strideNote}`,
  )

const plainNet = (depth: number): Architecture =>
  imageNetArchitecture(
    `plain${depth}`,
    `plain-${depth}`,
    depth,
    { block: blockOf(depth), shortcut: 'none' },
    blockOf(depth) === 'basic' ? null : `The layers of ResNet-${depth} without its shortcuts. ${strideNote}`,
  )

const resNext = { block: 'resnext', cardinality: 32, groupWidth: 4 } as const

/** A network of He et al. 2015, section 4.2; the depth is 6n + 2. Throws where it is not. */
export const cifarArchitecture = (depth: number, isPlain: boolean): Architecture =>
  describe({
    name: `cifar-${isPlain ? 'plain' : 'resnet'}${depth}`,
    title: `${isPlain ? 'plain' : 'ResNet'}-${depth} for CIFAR-10`,
    family: 'cifar',
    spec: {
      ...cifarSpec,
      blocksPerStage: evenBlocks('basic', depth),
      shortcut: isPlain ? 'none' : 'A',
    },
    note: null,
  })

/** Depths of He et al. 2015, table 6. */
const cifarDepths = [20, 32, 44, 56, 110, 1202]

/** Every architecture that has a name, family by family. Other CIFAR depths: `cifarArchitecture`. */
export const architectures: readonly Architecture[] = [
  ...[18, 34, 50, 101, 152].map(resNet),
  ...[18, 34, 50, 101, 152].map(plainNet),
  imageNetArchitecture('resnext50_32x4d', 'ResNeXt-50 (32×4d)', 50, resNext, null),
  imageNetArchitecture(
    'plain-resnext50_32x4d',
    'plain ResNeXt-50 (32×4d)',
    50,
    { ...resNext, shortcut: 'none' },
    'The layers of ResNeXt-50 without its shortcuts.',
  ),
  imageNetArchitecture('resnext101_32x8d', 'ResNeXt-101 (32×8d)', 101, { ...resNext, groupWidth: 8 }, null),
  imageNetArchitecture(
    'wide_resnet50_2',
    'Wide ResNet-50-2',
    50,
    { ...resNext, cardinality: 1, groupWidth: 128 },
    'Bottleneck blocks of twice the inner width: the same layers as ResNeXt blocks with one group of 128.',
  ),
  ...cifarDepths.map((depth) => cifarArchitecture(depth, false)),
  ...cifarDepths.map((depth) => cifarArchitecture(depth, true)),
]
