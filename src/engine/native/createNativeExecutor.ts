import type { ExecutorRequest, Measurement } from '../executor.ts'
import { flatten, parameterLayout, statisticsLayout, unflatten } from '../flatLayout.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { type YieldToMessages, yieldToMessages as yieldByChannel } from '../yieldToMessages.ts'
import { evaluateNetworks } from './evaluateNetworks.ts'
import { gatherBatch } from './gatherBatch.ts'
import { askAll, type HostedNetwork } from './hostedNetwork.ts'
import type { NetworkHost } from './networkHost.ts'
import { createPipeline } from './pipeline.ts'

export interface NativeExecutorOptions {
  /** One a network, in order of the plans; each holds its network's initial weights. Disposed with the executor. */
  readonly hosts: readonly NetworkHost[]
  /** Called between the batches of an evaluation; may throw, which breaks it off. Left out: a turn by MessageChannel. */
  readonly yieldToMessages?: YieldToMessages
}

/**
 * The executor whose networks compute in WebAssembly memory of their own, each wherever its host has it: all at once where there are
 * cores for them. The images stay here; a batch is gathered once for all networks. What comes out depends on neither the hosts nor
 * their speed.
 */
export const createNativeExecutor = async (
  { plans, training, validation }: ExecutorRequest,
  { hosts, yieldToMessages = yieldByChannel }: NativeExecutorOptions,
): Promise<InspectableExecutor> => {
  if (hosts.length !== plans.length)
    throw new Error(`There are ${plans.length} networks and hosts for ${hosts.length}.`)
  const networks = plans.flatMap((plan, index): readonly HostedNetwork[] => {
    const host = hosts[index]
    return host === undefined
      ? []
      : [{ host, parameters: parameterLayout(plan), statistics: statisticsLayout(plan) }]
  })
  const networkAt = (index: number): HostedNetwork => {
    const network = networks[index]
    if (network === undefined) throw new Error(`There is no network ${index + 1}.`)
    return network
  }
  const steps = createPipeline<readonly Measurement[]>()

  return {
    plans,
    async step(batch, { shortcutStrengths, ...controls }) {
      // Posted before an earlier step has ended: a worker that is done finds its next batch waiting.
      await steps.post(() => {
        const gathered = gatherBatch(training, batch)
        return askAll(networks, ({ host }, index) =>
          host.step(gathered, { ...controls, shortcutStrengths: shortcutStrengths[index] ?? [] }),
        )
      })
    },
    readMeasurements: () => steps.takeResults(),
    async evaluate(request) {
      await steps.settle()
      return evaluateNetworks(networks, { training, validation }, request, yieldToMessages)
    },
    async readGradients(network, batch, strengths, dropoutKey = 0) {
      const { host, parameters } = networkAt(network)
      const gathered = gatherBatch(training, batch)
      const { gradient, logits } = await host.differentiate(gathered, strengths, dropoutKey)
      return { gradients: unflatten(parameters, gradient), logits }
    },
    async readLogits(network, batch, strengths) {
      const { logits } = await networkAt(network).host.infer(gatherBatch(training, batch), strengths, null)
      return logits
    },
    readActivations: (network, batch, strengths) =>
      networkAt(network).host.observe(gatherBatch(training, batch), strengths),
    async readState(network) {
      const { host, parameters, statistics } = networkAt(network)
      const flat = await host.readState()
      return {
        parameters: unflatten(parameters, flat.parameters),
        momentum: unflatten(parameters, flat.momentum),
        statistics: unflatten(statistics, flat.statistics),
      }
    },
    async writeState(network, state) {
      const { host, parameters, statistics } = networkAt(network)
      // All three are checked here, before the network hears of any.
      await host.writeState({
        parameters: flatten(parameters, state.parameters),
        momentum: flatten(parameters, state.momentum),
        statistics: flatten(statistics, state.statistics),
      })
    },
    memory: () => ({
      // The networks' memory is not made of tensors that could be left behind.
      tensors: 0,
      bytes: hosts.reduce((sum, host) => sum + host.memoryBytes(), 0),
    }),
    dispose() {
      // Each host finishes what it was asked before. One that is gone already has nothing to give back.
      for (const host of hosts) host.dispose().catch(() => {})
    },
  }
}
