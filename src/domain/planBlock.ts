import type { LayerList } from './layerList.ts'
import type { ActivationName, BlockPlan, ConvOperation, ShortcutPath } from './networkPlan.ts'
import type { NetworkSpec } from './networkSpec.ts'

/** One convolution of F. */
type BlockConv = Pick<ConvOperation, 'kernelSize' | 'stride' | 'outputChannels' | 'groups'>

/** The convolutions of F (He et al. 2015, figure 5; Xie et al. 2017, figure 3c). The stride is in the (first) 3×3. */
export const blockConvs = (spec: NetworkSpec, stage: number, stride: 1 | 2): readonly BlockConv[] => {
  const growth = 2 ** (stage - 1)
  const width = spec.width * growth
  switch (spec.block) {
    case 'basic':
      return [
        { kernelSize: 3, stride, outputChannels: width, groups: 1 },
        { kernelSize: 3, stride: 1, outputChannels: width, groups: 1 },
      ]
    case 'bottleneck':
      return threeLayers(width, 1, 4 * width, stride)
    case 'resnext':
      return threeLayers(spec.cardinality * spec.groupWidth * growth, spec.cardinality, 4 * width, stride)
    default:
      return spec.block satisfies never
  }
}

const threeLayers = (
  inner: number,
  groups: number,
  outputChannels: number,
  stride: 1 | 2,
): readonly BlockConv[] => [
  { kernelSize: 1, stride: 1, outputChannels: inner, groups: 1 },
  { kernelSize: 3, stride, outputChannels: inner, groups },
  { kernelSize: 1, stride: 1, outputChannels, groups: 1 },
]

/** Appends one block that reads x, and gives the name of its output y. */
export const planBlock = (
  list: LayerList,
  spec: NetworkSpec,
  block: BlockPlan,
  x: ActivationName,
): string => {
  const { index, name } = block
  const { residual, preactivated } = planResidual(list, spec, block, x)
  const sum = planAddition(list, spec, block, { x, preactivated, residual })
  switch (spec.order) {
    case 'original':
      return list.relu(index, `${name}.relu`, sum)
    case 'bn-after-add': {
      const normalised = spec.batchNorm ? list.norm(index, `${name}.addition.bn`, sum) : sum
      return list.relu(index, `${name}.relu`, normalised)
    }
    case 'relu-before-add':
    case 'relu-only-preact':
    case 'full-preact':
      return sum
    default:
      return spec.order satisfies never
  }
}

/** F(x) in the given order (He et al. 2016, figure 4), and what its first convolution reads. */
const planResidual = (
  list: LayerList,
  spec: NetworkSpec,
  { index, name, stage, stride }: BlockPlan,
  x: ActivationName,
): { readonly residual: ActivationName; readonly preactivated: ActivationName } => {
  const convs = blockConvs(spec, stage, stride)
  const kernel = spec.initialisation === 'dirac' ? 'dirac' : 'free'
  const norm = (number: number, input: ActivationName): ActivationName => {
    if (!spec.batchNorm) return input
    const endsAtZero = spec.initialisation === 'zero-gamma' && number === convs.length
    return list.norm(index, `${name}.bn${number}`, input, endsAtZero ? 0 : 1)
  }
  const relu = (number: number, input: ActivationName): ActivationName =>
    list.relu(index, `${name}.relu${number}`, input)

  let present = x
  let preactivated = x
  convs.forEach((request, position) => {
    const number = position + 1
    const isLast = number === convs.length
    const conv = (input: ActivationName): ActivationName =>
      list.conv(index, `${name}.conv${number}`, input, { ...request, kernel })
    switch (spec.order) {
      case 'original':
        present = norm(number, conv(present))
        if (!isLast) present = relu(number, present)
        break
      case 'bn-after-add':
        present = conv(present)
        if (!isLast) present = relu(number, norm(number, present))
        break
      case 'relu-before-add':
        present = relu(number, norm(number, conv(present)))
        break
      case 'relu-only-preact':
        present = norm(number, conv(relu(number, present)))
        break
      case 'full-preact':
        present = relu(number, norm(number, present))
        if (number === 1) preactivated = present
        present = conv(present)
        break
      default:
        spec.order satisfies never
    }
  })
  if (spec.initialisation === 'skipinit') {
    const shape = list.shapeOf(present)
    const multiplier = `${name}.multiplier`
    present = list.append(
      { kind: 'multiplier', block: index, name: multiplier, input: present, output: multiplier, ...shape },
      shape,
    )
  }
  return { residual: present, preactivated }
}

interface BlockInputs {
  readonly x: ActivationName
  /** What conv1 reads: x itself but in full pre-activation. */
  readonly preactivated: ActivationName
  readonly residual: ActivationName
}

/** The shortcut and where it meets F(x) (He et al. 2015, section 3.3; He et al. 2016, section 3.1). */
const planAddition = (
  list: LayerList,
  spec: NetworkSpec,
  block: BlockPlan,
  { x, preactivated, residual }: BlockInputs,
): ActivationName => {
  const { index, name, stride } = block
  const shape = list.shapeOf(residual)
  const output = `${name}.sum`
  const add = (shortcut: ActivationName, residualScale: number, shortcutScale: number): ActivationName =>
    list.append(
      { kind: 'add', block: index, residual, shortcut, residualScale, shortcutScale, output, ...shape },
      shape,
    )
  const gatedAdd = (exclusive: boolean): ActivationName => {
    const outputChannels = shape.channels
    // Gates read x in every order.
    const conv = list.conv(index, `${name}.gate.conv`, x, { kernelSize: 1, stride, outputChannels })
    const gateName = `${name}.gate.bias`
    const gate = list.append(
      {
        kind: 'gate',
        block: index,
        name: gateName,
        input: conv,
        output: `${name}.gate`,
        initialBias: spec.gateBias,
        ...shape,
      },
      shape,
    )
    const shortcut = planPath(list, spec, block, x, preactivated)
    return list.append(
      { kind: 'gated-add', block: index, residual, shortcut, gate, exclusive, output, ...shape },
      shape,
    )
  }
  switch (spec.shortcut) {
    case 'none':
      return residual
    case 'A':
    case 'B':
    case 'C':
      return add(planPath(list, spec, block, x, preactivated), 1, 1)
    case 'scaled':
      return add(planPath(list, spec, block, x, preactivated), spec.residualScale, spec.shortcutScale)
    case 'exclusive-gate':
      return gatedAdd(true)
    case 'shortcut-gate':
      return gatedAdd(false)
    case 'dropout': {
      const input = planPath(list, spec, block, x, preactivated)
      const dropped = list.append(
        { kind: 'dropout', block: index, input, output: `${name}.dropout`, rate: spec.dropRate, ...shape },
        shape,
      )
      return add(dropped, 1, 1)
    }
    default:
      return spec.shortcut satisfies never
  }
}

/** x in the shape of F(x). */
const planPath = (
  list: LayerList,
  spec: NetworkSpec,
  block: BlockPlan,
  x: ActivationName,
  preactivated: ActivationName,
): ActivationName => {
  const { index, name, stride, inputChannels, outputChannels, outputSide, shortcutPath } = block
  switch (shortcutPath) {
    case 'none':
    case 'identity':
      return x
    case 'subsample-pad':
      return list.append(
        {
          kind: 'subsample-pad',
          block: index,
          input: x,
          output: `${name}.shortcut`,
          stride,
          inputSide: list.shapeOf(x).side,
          outputSide,
          inputChannels,
          outputChannels,
        },
        { side: outputSide, channels: outputChannels },
      )
    case 'projection': {
      const request = { kernelSize: 1, stride, outputChannels } as const
      const conv = list.conv(index, `${name}.projection.conv`, preactivated, request)
      // In full pre-activation nothing is normalised after a convolution.
      const normalises = spec.batchNorm && spec.order !== 'full-preact'
      return normalises ? list.norm(index, `${name}.projection.bn`, conv) : conv
    }
    default:
      return shortcutPath satisfies never
  }
}

/** How x gets to the addition of a block whose dimensions change, or do not. */
export const shortcutPathOf = (spec: NetworkSpec, dimensionsChange: boolean): ShortcutPath => {
  switch (spec.shortcut) {
    case 'none':
      return 'none'
    case 'A':
    case 'scaled':
    case 'exclusive-gate':
    case 'shortcut-gate':
    case 'dropout':
      return dimensionsChange ? 'subsample-pad' : 'identity'
    case 'B':
      return dimensionsChange ? 'projection' : 'identity'
    case 'C':
      return 'projection'
    default:
      return spec.shortcut satisfies never
  }
}
