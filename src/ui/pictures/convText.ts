import type { ConvOperation, NetworkPlan } from '../../domain/networkPlan.ts'
import type { PieceText } from './operationText.ts'

export const channelWords = ({
  inputChannels,
  outputChannels,
}: Pick<ConvOperation, 'inputChannels' | 'outputChannels'>): string =>
  `${inputChannels} to ${outputChannels} channels`

export const strideWords = ({ stride }: Pick<ConvOperation, 'stride'>): string =>
  stride === 2 ? ', stride 2' : ''

/** Explains a convolution of F, of stem or head. */
export const convText = ({ spec }: NetworkPlan, operation: ConvOperation): PieceText => {
  const { kernelSize, groups, kernel, inputChannels, outputChannels, block } = operation
  const size = `${kernelSize}×${kernelSize}`
  const what = `${channelWords(operation)}${strideWords(operation)}`
  if (kernel === 'dirac')
    return {
      name: `${size} convolution, Dirac`,
      formula: 'Ŵ = diag(a) · I + diag(b) · W/‖W‖',
      words: 'a starts at 1, b at 0.1: the kernel starts near the identity',
      paper: 'Zagoruyko & Komodakis 2017, eq. 3 to 5',
    }
  if (groups > 1)
    return {
      name: `${size} convolution in ${groups} groups`,
      formula: 'W ∗ v',
      words: `each group of ${inputChannels / groups} channels reads only itself; ${what}`,
      paper: 'Xie 2017, figure 3c',
    }
  const weights = kernelSize ** 2 * inputChannels * outputChannels
  return {
    name: `${size} convolution`,
    formula: 'W ∗ v',
    words: `${what}; ${weights.toLocaleString('en')} weights, no bias`,
    paper: convPaper(spec, block, kernelSize),
  }
}

const convPaper = (
  { block, stem }: NetworkPlan['spec'],
  index: number | null,
  kernelSize: ConvOperation['kernelSize'],
): string => {
  if (index === null) return stem === 'large' ? 'He 2015, table 1' : 'He 2015, section 4.2'
  switch (block) {
    case 'basic':
      return 'He 2015, section 3.3'
    case 'bottleneck':
      return 'He 2015, figure 5'
    case 'resnext':
      return kernelSize === 1 ? 'Xie 2017, figure 3c' : 'He 2015, figure 5'
    default:
      return block satisfies never
  }
}

/** Explains the convolution that brings x to the shape of F (He et al. 2015, eq. 2). */
export const projectionText = ({ spec }: NetworkPlan, operation: ConvOperation): PieceText => ({
  name: 'Projection',
  formula: spec.order === 'full-preact' ? (spec.batchNorm ? 'W · ReLU(BN(x))' : 'W · ReLU(x)') : 'Wx',
  words: `1×1 convolution, ${channelWords(operation)}${strideWords(operation)}; ${(
    operation.inputChannels * operation.outputChannels
  ).toLocaleString('en')} weights`,
  paper: spec.shortcut === 'C' ? 'He 2015, section 4.1, option C' : 'He 2015, section 3.3, option B',
})
