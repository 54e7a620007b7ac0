import { describe, expect, it } from 'vitest'
import { presetNamed } from '../domain/presets.ts'
import { createLabClient, type LabClient } from './labClient.ts'
import type { RunEvent, WorkerEvent } from './messages.ts'
import { createScriptedWorker, type ScriptedWorker } from './scriptedWorker.ts'

const { spec } = presetNamed('default')

interface Bench {
  readonly client: LabClient
  readonly workers: readonly ScriptedWorker[]
  readonly worker: () => ScriptedWorker
  readonly heard: readonly WorkerEvent[]
  /** Lets every deadline pass that was not called off. */
  readonly waitLong: () => void
}

const openClient = (): Bench => {
  const workers: ScriptedWorker[] = []
  const heard: WorkerEvent[] = []
  const timers = new Set<() => void>()
  const client = createLabClient(
    () => {
      const worker = createScriptedWorker()
      workers.push(worker)
      return worker
    },
    {
      setTimer: (callback) => {
        timers.add(callback)
        return () => timers.delete(callback)
      },
    },
  )
  client.subscribe((event) => heard.push(event))
  return {
    client,
    workers,
    heard,
    worker: () => {
      const worker = workers.at(-1)
      if (worker === undefined) throw new Error('no worker was spawned')
      return worker
    },
    waitLong: () => {
      for (const callback of [...timers]) callback()
      timers.clear()
    },
  }
}

const paused = (runId: string): RunEvent => ({ type: 'paused', runId })
const stopped = (runId: string): RunEvent => ({ type: 'stopped', runId })
const types = (worker: ScriptedWorker): readonly string[] => worker.commands.map(({ type }) => type)

describe('making ready', () => {
  it('is asked of the worker only while no run is live', () => {
    const { client, worker } = openClient()
    client.warm(spec)
    expect(worker().commands).toEqual([{ type: 'warm', spec }])
    client.start('a', spec, false)
    client.warm(spec)
    expect(types(worker())).toEqual(['warm', 'start'])
    worker().say({ type: 'finished', runId: 'a', seconds: 1, weightsDigest: '' })
    client.warm(spec)
    expect(types(worker())).toEqual(['warm', 'start', 'warm'])
  })
})

describe('one live run', () => {
  it('spawns a worker for the first command, and keeps it', () => {
    const { client, workers, worker } = openClient()
    expect(workers).toHaveLength(0)
    client.start('a', spec, false)
    client.pause('a')
    worker().say({ type: 'finished', runId: 'a', seconds: 1, weightsDigest: '0' })
    client.start('b', spec, true)
    expect(workers).toHaveLength(1)
    expect(worker().commands.at(-1)).toEqual({ type: 'start', runId: 'b', spec, paused: true })
  })

  it('drops commands and events of any other run', () => {
    const { client, worker, heard } = openClient()
    client.start('a', spec, false)
    client.pause('b')
    client.intervene('b', { kind: 'learningRate', to: 1 })
    worker().say(paused('b'))
    expect(types(worker())).toEqual(['start'])
    expect(heard).toEqual([])
    worker().say(paused('a'))
    worker().say({ type: 'finished', runId: 'a', seconds: 1, weightsDigest: '0' })
    worker().say(paused('a'))
    expect(heard.map(({ type }) => type)).toEqual(['paused', 'finished'])
  })

  it('stops the former run first, and sends on what the next was told meanwhile', () => {
    const { client, worker, heard } = openClient()
    client.start('a', spec, false)
    client.start('b', spec, true)
    client.step('b')
    client.intervene('b', { kind: 'learningRate', to: 0.1 })
    expect(types(worker())).toEqual(['start', 'stop'])
    worker().say(paused('a'))
    worker().say(stopped('a'))
    expect(types(worker())).toEqual(['start', 'stop', 'start', 'step', 'intervene'])
    expect(heard).toEqual([])
  })

  it('forgets a start that was stopped before it could be sent', () => {
    const { client, worker, heard } = openClient()
    client.start('a', spec, false)
    client.start('b', spec, false)
    client.stop('b')
    expect(heard).toEqual([stopped('b')])
    worker().say(stopped('a'))
    expect(types(worker())).toEqual(['start', 'stop'])
  })
})

describe('stopping', () => {
  it('is answered by the worker in time', () => {
    const { client, worker, workers, heard, waitLong } = openClient()
    client.start('a', spec, false)
    client.stop('a')
    worker().say(stopped('a'))
    waitLong()
    expect(heard).toEqual([stopped('a')])
    client.start('b', spec, false)
    expect(workers).toHaveLength(1)
  })

  it('ends a worker that does not answer, and starts what waits in a fresh one', () => {
    const { client, workers, heard, waitLong } = openClient()
    client.start('a', spec, false)
    client.stop('a')
    client.start('b', spec, false)
    waitLong()
    expect(workers).toHaveLength(2)
    expect(workers[0]?.isTerminated()).toBe(true)
    expect(workers[1] && types(workers[1])).toEqual(['start'])
    workers[0]?.say(paused('b'))
    expect(heard).toEqual([])
  })

  it('is heard of even where the worker had to be ended', () => {
    const { client, heard, waitLong } = openClient()
    client.start('a', spec, false)
    client.stop('a')
    waitLong()
    expect(heard).toEqual([stopped('a')])
  })
})

describe('a worker that breaks', () => {
  it('fails the run with a sentence, and the next gets a fresh worker', () => {
    const { client, worker, workers, heard } = openClient()
    client.start('a', spec, false)
    worker().crash('boom')
    expect(heard).toMatchObject([{ type: 'failed', runId: 'a', failure: { kind: 'worker-crashed' } }])
    expect(workers[0]?.isTerminated()).toBe(true)
    client.start('b', spec, false)
    expect(workers).toHaveLength(2)
  })

  it('is replaced after a lost device, but not after a network that diverged', () => {
    const { client, worker, workers } = openClient()
    const fail = (runId: string, kind: 'context-lost' | 'diverged'): void =>
      worker().say({ type: 'failed', runId, failure: { kind, sentence: '', network: null } })
    client.start('a', spec, false)
    fail('a', 'diverged')
    client.start('b', spec, false)
    expect(workers).toHaveLength(1)
    fail('b', 'context-lost')
    client.start('c', spec, false)
    expect(workers).toHaveLength(2)
  })

  it('lets the run that waits for a stop begin', () => {
    const { client, worker, workers, heard } = openClient()
    client.start('a', spec, false)
    client.start('b', spec, false)
    worker().crash('boom')
    expect(workers).toHaveLength(2)
    expect(types(worker())).toEqual(['start'])
    expect(heard).toEqual([])
  })
})

describe('CIFAR-10', () => {
  it('hears the answers to its own questions only', () => {
    const { client, worker, heard } = openClient()
    client.describeCifar()
    const command = worker().commands[0]
    const requestId = command !== undefined && 'requestId' in command ? command.requestId : ''
    worker().say({ type: 'cifarReady', requestId: 'another', facts: null })
    expect(heard).toEqual([])
    worker().say({ type: 'cifarReady', requestId, facts: null })
    worker().say({ type: 'cifarReady', requestId, facts: null })
    expect(heard).toHaveLength(1)
  })

  it('is told when reading was cut short by the end of the worker', () => {
    const { client, heard, waitLong } = openClient()
    client.start('a', spec, false)
    client.importCifar([])
    client.stop('a')
    waitLong()
    expect(heard.map(({ type }) => type)).toEqual(['cifarRefused', 'stopped'])
  })
})
