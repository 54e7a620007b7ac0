import * as tf from '@tensorflow/tfjs'
import type { NetworkPlan, Operation } from '../src/domain/networkPlan.ts'

/**
 * The same network as anyone would write it with tf.layers (Keras style): the peer that the engine is measured against.
 * It has no weight decay, which is in its favour. Throws where tf.layers has no layer for an operation of the plan.
 */
export const stockNetwork = (plan: NetworkPlan): tf.LayersModel => {
  const { spec } = plan
  const input = tf.input({ shape: [spec.imageSize, spec.imageSize, spec.channels] })
  const activations = new Map<string, tf.SymbolicTensor>([['input', input]])
  const read = (name: string): tf.SymbolicTensor => {
    const tensor = activations.get(name)
    if (tensor === undefined) throw new Error(`Nothing wrote ${name}.`)
    return tensor
  }
  for (const operation of plan.operations) activations.set(operation.output, applyLayer(operation, read))
  const model = tf.model({ inputs: input, outputs: read('logits') })
  model.compile({
    optimizer: tf.train.momentum(0.05, 0.9),
    loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits),
    metrics: ['accuracy'],
  })
  return model
}

const applyLayer = (operation: Operation, read: (name: string) => tf.SymbolicTensor): tf.SymbolicTensor => {
  const apply = (layer: tf.layers.Layer, ...inputs: readonly tf.SymbolicTensor[]): tf.SymbolicTensor =>
    layer.apply(inputs.length === 1 && inputs[0] !== undefined ? inputs[0] : [...inputs]) as tf.SymbolicTensor
  switch (operation.kind) {
    case 'conv':
      if (operation.groups > 1 || operation.kernel !== 'free') return refuse(operation)
      return apply(
        tf.layers.conv2d({
          filters: operation.outputChannels,
          kernelSize: operation.kernelSize,
          strides: operation.stride,
          padding: 'same',
          useBias: false,
          kernelInitializer: 'heNormal',
        }),
        read(operation.input),
      )
    case 'norm':
      return apply(tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }), read(operation.input))
    case 'relu':
      return apply(tf.layers.activation({ activation: 'relu' }), read(operation.input))
    case 'subsample-pad': {
      const { stride, inputChannels, outputChannels } = operation
      const every = apply(tf.layers.averagePooling2d({ poolSize: 1, strides: stride }), read(operation.input))
      // Named channels-first, the two last axes are what is padded: columns by nothing, channels at their end.
      const padding: [[number, number], [number, number]] = [
        [0, 0],
        [0, outputChannels - inputChannels],
      ]
      return apply(tf.layers.zeroPadding2d({ padding, dataFormat: 'channelsFirst' }), every)
    }
    case 'max-pool':
      return apply(
        tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
        read(operation.input),
      )
    case 'dropout':
      return apply(tf.layers.dropout({ rate: operation.rate }), read(operation.input))
    case 'multiplier':
    case 'gate':
    case 'gated-add':
      return refuse(operation)
    case 'add':
      if (operation.residualScale !== 1 || operation.shortcutScale !== 1) return refuse(operation)
      return apply(tf.layers.add(), read(operation.residual), read(operation.shortcut))
    case 'pool':
      return apply(tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }), read(operation.input))
    case 'dense':
      return apply(tf.layers.dense({ units: operation.outputChannels }), read(operation.input))
    default:
      return operation satisfies never
  }
}

const refuse = ({ kind, output }: Operation): never => {
  throw new Error(`tf.layers has no layer for ${output} (${kind}).`)
}
