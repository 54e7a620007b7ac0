import { memory, type Tensor1D } from '@tensorflow/tfjs-core'
import { disposeBatch, splitOnDevice } from './composed/datasetOnDevice.ts'
import { evaluateNetwork } from './composed/evaluate.ts'
import { createMeasurementLog } from './composed/measurementLog.ts'
import { createNetwork, type Network } from './composed/network.ts'
import { disposeAll } from './composed/tensorMap.ts'
import type { ExecutorRequest } from './executor.ts'
import type { InspectableExecutor } from './inspectableExecutor.ts'
import { createConstants } from './ops/constants.ts'
import { type YieldToMessages, yieldToMessages as yieldByChannel } from './yieldToMessages.ts'

export interface ComposedExecutorOptions {
  /** Called between networks and batches. Left out: a turn by MessageChannel. */
  readonly yieldToMessages?: YieldToMessages
}

/**
 * The executor that runs on tfjs's kernels, on whichever backend `openBackend` opened: forward and backward pass walk the
 * plan's operations by hand, one kernel call after the other.
 */
export const createComposedExecutor = async (
  { plans, initial, training, validation }: ExecutorRequest,
  { yieldToMessages = yieldByChannel }: ComposedExecutorOptions = {},
): Promise<InspectableExecutor> => {
  const classes = Math.max(1, ...plans.map(({ spec }) => spec.classes))
  const constants = createConstants()
  const data = {
    training: splitOnDevice(training, classes),
    validation: splitOnDevice(validation, classes),
  }
  const networks: Network[] = []
  plans.forEach((plan, index) => {
    const values = initial[index]
    if (values === undefined) throw new Error(`Network ${index + 1} has no initial weights.`)
    networks.push(createNetwork(plan, values, constants))
  })
  const measurements = createMeasurementLog(networks.length)
  const networkAt = (index: number): Network => {
    const network = networks[index]
    if (network === undefined) throw new Error(`There is no network ${index + 1}.`)
    return network
  }

  return {
    plans,
    async step(batch, controls) {
      const onDevice = data.training.gatherBatch(batch)
      const measured: Tensor1D[] = []
      try {
        for (const [index, network] of networks.entries()) {
          if (index > 0) await yieldToMessages()
          measured.push(network.step(onDevice, controls.shortcutStrengths[index] ?? [], controls))
        }
      } catch (error) {
        // A step is taken by all networks or none: the run is over, and nobody will read these.
        for (const tensor of measured) tensor.dispose()
        throw error
      } finally {
        disposeBatch(onDevice)
      }
      measurements.append(measured)
    },
    readMeasurements: () => measurements.read(),
    async evaluate(request) {
      const results = []
      for (const [index, network] of networks.entries()) {
        const strengths = request.shortcutStrengths[index] ?? []
        results.push(await evaluateNetwork(network, strengths, data, request, yieldToMessages))
      }
      return results
    },
    async readGradients(network, batch, strengths, dropoutKey = 0) {
      const onDevice = data.training.gatherBatch(batch)
      const { gradient, logits } = networkAt(network).differentiate(onDevice, strengths, dropoutKey)
      disposeBatch(onDevice)
      const read = {
        gradients: await networkAt(network).readGradient(gradient),
        logits: await logits.data<'float32'>(),
      }
      gradient.dispose()
      logits.dispose()
      return read
    },
    async readLogits(network, batch, strengths) {
      const onDevice = data.training.gatherBatch(batch)
      const logits = networkAt(network).infer(onDevice.images, strengths)
      disposeBatch(onDevice)
      const values = await logits.data<'float32'>()
      logits.dispose()
      return values
    },
    async readActivations(network, batch, strengths) {
      const onDevice = data.training.gatherBatch(batch)
      const activations = networkAt(network).observe(onDevice.images, strengths)
      disposeBatch(onDevice)
      const read = await Promise.all(
        [...activations].map(async ([name, tensor]) => [name, await tensor.data<'float32'>()] as const),
      )
      disposeAll(activations)
      return new Map(read)
    },
    readState: (network) => networkAt(network).readState(),
    async writeState(network, state) {
      networkAt(network).writeState(state)
    },
    memory() {
      const { numTensors, numBytes } = memory()
      return { tensors: numTensors, bytes: numBytes }
    },
    dispose() {
      measurements.dispose()
      for (const network of networks) network.dispose()
      data.training.dispose()
      data.validation.dispose()
      constants.dispose()
    },
  }
}
