/** An error rate that a paper reports. Never measured here. */
export interface PublishedError {
  /** Percent. */
  readonly value: number
  /** `above` where the paper says only that the error is higher than the value. */
  readonly relation: 'equal' | 'above'
  /** What was measured, how, and on which images. */
  readonly measure: string
  /** Paper and table, section or figure. */
  readonly source: string
  /** What a reader must know before comparing it with anything. */
  readonly conditions: string
}

/** A number of parameters as a paper prints it. */
export interface PublishedCount {
  readonly text: string
  readonly source: string
}

const imageNet = (value: number, place: string, conditions: string): PublishedError => ({
  value,
  relation: 'equal',
  measure: 'top-1 error, 10-crop, ImageNet validation',
  source: `He et al. 2015, ${place}`,
  conditions,
})

const xie = (value: number, conditions: string): PublishedError => ({
  value,
  relation: 'equal',
  measure: 'top-1 error, one crop of 224 × 224, ImageNet validation',
  source: 'Xie et al. 2017, section 5.1',
  conditions,
})

const cifar = (value: number, conditions = 'shortcuts A, with data augmentation'): PublishedError => ({
  value,
  relation: 'equal',
  measure: 'test error, CIFAR-10',
  source: 'He et al. 2015, table 6',
  conditions,
})

const optionB = 'shortcuts B; stride in the first 1×1 convolution of a block, not in its 3×3 as counted here'

/** Errors by name of the architecture; one that is not named has none that is known here. */
export const publishedErrors: Readonly<Record<string, readonly PublishedError[]>> = {
  plain18: [imageNet(27.94, 'table 2', 'no shortcuts')],
  plain34: [imageNet(28.54, 'table 2', 'no shortcuts')],
  resnet18: [imageNet(27.88, 'table 2', 'shortcuts A, not the B counted here')],
  resnet34: [
    imageNet(24.52, 'table 3', 'shortcuts B, as counted here'),
    imageNet(25.03, 'table 3', 'shortcuts A'),
    imageNet(24.19, 'table 3', 'shortcuts C'),
  ],
  resnet50: [
    imageNet(22.85, 'table 3', optionB),
    xie(23.9, 'the baseline of the ResNeXt paper, trained by its authors'),
  ],
  resnet101: [imageNet(21.75, 'table 3', optionB)],
  resnet152: [imageNet(21.43, 'table 3', optionB)],
  plain50: [xie(31.2, 'ResNet-50 with its shortcuts removed')],
  resnext50_32x4d: [xie(22.2, 'with shortcuts')],
  'plain-resnext50_32x4d': [xie(26.1, 'ResNeXt-50 with its shortcuts removed')],
  'cifar-resnet20': [cifar(8.75)],
  'cifar-resnet32': [cifar(7.51)],
  'cifar-resnet44': [cifar(7.17)],
  'cifar-resnet56': [cifar(6.97)],
  'cifar-resnet110': [
    cifar(6.43, 'shortcuts A, with data augmentation; the best of five runs'),
    {
      ...cifar(6.61, 'shortcuts A, original order; the median of five runs'),
      source: 'He et al. 2016, table 2',
    },
  ],
  'cifar-resnet1202': [cifar(7.93)],
  'cifar-plain110': [
    {
      value: 60,
      relation: 'above',
      measure: 'error, CIFAR-10',
      source: 'He et al. 2015, figure 6',
      conditions: 'no shortcuts; too high to be drawn there',
    },
  ],
}

const tableSix = (text: string): PublishedCount => ({ text, source: 'He et al. 2015, table 6' })

export const publishedCounts: Readonly<Record<string, PublishedCount>> = {
  'cifar-resnet20': tableSix('0.27M'),
  'cifar-resnet32': tableSix('0.46M'),
  'cifar-resnet44': tableSix('0.66M'),
  'cifar-resnet56': tableSix('0.85M'),
  'cifar-resnet110': tableSix('1.7M'),
  'cifar-resnet1202': tableSix('19.4M'),
}
