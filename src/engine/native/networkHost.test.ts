import { expect, it } from 'vitest'
import { parametersOf, sizeOf } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { createFakeNativeNetwork } from '../testing/fakeNativeNetwork.ts'
import { smallSpec } from '../testing/smallExperiment.ts'
import { hostHere, type NetworkVerb } from './networkHost.ts'

const plan = planLayers(smallSpec({ imageSize: 3, width: 1 }))
const initial = new Float32Array(parametersOf(plan).reduce((sum, { shape }) => sum + sizeOf(shape), 0))
const batch = { images: new Float32Array(27), labels: Int32Array.of(0), augmentation: null }

it('does in this thread what it is asked in its order, however long a turn takes, and after an error too', async () => {
  const done: NetworkVerb[] = []
  const turns = [5, 0, 3, 0, 1, 0, 0]
  const host = hostHere(
    createFakeNativeNetwork({ plan, initial, onVerb: (verb) => done.push(verb) }),
    async () => {
      for (let left = turns.shift() ?? 0; left > 0; left--)
        await new Promise((resolve) => setImmediate(resolve))
    },
  )
  const state = host.readState()
  const refused = host.writeState({ parameters: initial, momentum: initial, statistics: new Float32Array(1) })
  const asked = [
    host.infer(batch, [1, 1, 1], null),
    host.batchStatistics(batch, [1, 1, 1]),
    host.differentiate(batch, [1, 1, 1], 0),
    host.dispose(),
  ]
  await expect(refused).rejects.toThrow('size of its layout')
  await Promise.all([state, ...asked])
  expect(done).toEqual(['readState', 'writeState', 'infer', 'batchStatistics', 'differentiate', 'dispose'])
})

it('lets messages in before each call', async () => {
  const heard: string[] = []
  const host = hostHere(createFakeNativeNetwork({ plan, initial, onVerb: (verb) => heard.push(verb) }))
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => heard.push('message')
  const answers = [host.readState(), host.readState()]
  expect(heard).toEqual([])
  port2.postMessage(null)
  await Promise.all(answers)
  port1.close()
  expect(heard).toContain('message')
  expect(heard.indexOf('message')).toBeLessThan(heard.lastIndexOf('readState'))
})
