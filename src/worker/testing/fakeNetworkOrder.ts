import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { TensorValues } from '../../domain/parameters.ts'
import { flatten, parameterLayout } from '../../engine/flatLayout.ts'
import { createFakeNativeNetwork } from '../../engine/testing/fakeNativeNetwork.ts'
import type { NetworkFactory, NetworkRequest } from '../networkFactory.ts'

/** For tests: the smallest WebAssembly module there is, which holds nothing. */
export const emptyModule = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))

export const createFakeNetwork: NetworkFactory = ({ plan, initial }) =>
  createFakeNativeNetwork({ plan, initial })

export const fakeNetworkOrder = (plan: NetworkPlan, initial: TensorValues): NetworkRequest => ({
  module: emptyModule,
  plan,
  initial: flatten(parameterLayout(plan), initial),
  batchSize: 8,
  threads: 1,
})
