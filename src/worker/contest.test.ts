import { describe, expect, it } from 'vitest'
import { EngineUnavailable } from '../engine/engineUnavailable.ts'
import { RunStopped } from '../engine/loop/runControl.ts'
import { NotEnoughMemory } from '../engine/notEnoughMemory.ts'
import { type Contest, holdContest } from './contest.ts'
import { openFakeBench, smallRequest } from './testing/fakeDevice.ts'

/** Two devices that take so many milliseconds a step. */
const between = (ofNative: number, ofFused: number, change: Partial<Contest> = {}) => {
  const { device, log, clock } = openFakeBench()
  const contest: Contest = {
    request: smallRequest(),
    openNative: () => device({ name: 'native', stepMs: ofNative }),
    // What is compiled in the first step is compiled once.
    openFused: async () => device({ name: 'fused', stepMs: ofFused, compileMs: 4000 }),
    clock,
    breathe: async () => {},
    onProgress: () => {},
    ...change,
  }
  return { contest, log, device }
}

const rejecting = (error: Error): Partial<Contest> => ({ openFused: () => Promise.reject(error) })

describe('the contest of engines', () => {
  it('does not ask the graphics card where the run ends soon without it', async () => {
    const { contest, log } = between(20, 1, { request: smallRequest({ steps: 300 }) })
    expect(await holdContest(contest)).toEqual({
      winner: 'native',
      reason:
        'The lab’s own engine takes 20 ms a step here and ends this run within 15 s, so the graphics card need not train.',
    })
    expect(log).toEqual(['native opened', 'native disposed'])
  })

  it.each([
    [60, 12, 'fused'],
    [60, 60, 'fused'],
    [60, 74, 'fused'],
    [60, 75, 'native'],
    [60, 90, 'native'],
  ])(
    'between %s ms natively and %s ms on the graphics card goes to %s',
    async (ofNative, ofFused, winner) => {
      const { contest, log } = between(ofNative, ofFused)
      const result = await holdContest(contest)
      expect(result.winner).toBe(winner)
      expect(result.reason).toContain(
        `Measured over a few steps of these networks: ${ofNative} ms a step by the lab’s own engine on the processor, ${ofFused} ms by its shaders on the graphics card.`,
      )
      expect(log).toEqual(['native opened', 'native disposed', 'fused opened', 'fused disposed'])
    },
  )

  it('says why a graphics card that is a little slower was taken', async () => {
    expect((await holdContest(between(60, 70).contest)).reason).toMatch(
      /card\. That is close, so the processor stays free\.$/,
    )
    expect((await holdContest(between(60, 50).contest)).reason).toMatch(/card\.$/)
    expect((await holdContest(between(60, 80).contest)).reason).toMatch(/card\.$/)
  })

  it.each([
    [
      'does not train',
      new Error('shader did not link'),
      'The lab’s own shaders do not train this here (shader did not link).',
    ],
    [
      'has only 16-bit floats',
      new EngineUnavailable('WebGL has only 16-bit floats here.'),
      'WebGL has only 16-bit floats here.',
    ],
    [
      'has too little memory',
      new NotEnoughMemory('They would take 2.00 GB.'),
      'They would take 2.00 GB. A smaller batch, smaller images, fewer layers or a smaller width take less.',
    ],
  ])('is lost by a graphics card that %s', async (_, error, sentences) => {
    expect(await holdContest(between(60, 12, rejecting(error)).contest)).toEqual({
      winner: 'native',
      reason: `${sentences} So the lab’s own engine trains.`,
    })
  })

  it('is lost by a graphics card that is taken away meanwhile', async () => {
    const { contest, device } = between(60, 12)
    const result = await holdContest({
      ...contest,
      openFused: async () => {
        const card = device({ name: 'fused', creating: () => new Promise(() => card.lose()) })
        return card
      },
    })
    expect(result.winner).toBe('native')
    expect(result.reason).toContain('the graphics device was lost')
  })

  it('is lost by the lab’s own engine where it fails', async () => {
    const { contest, device } = between(60, 12)
    const openNative = () =>
      device({
        name: 'native',
        creating: () => {
          throw new NotEnoughMemory('One network would take 5 GB.')
        },
      })
    expect(await holdContest({ ...contest, openNative })).toEqual({
      winner: 'fused',
      reason:
        'The lab’s own engine does not train this here (One network would take 5 GB), so the graphics card does, 12 ms a step.',
    })
    // Where nothing trains, the lab's own engine tells the visitor why.
    const neither = await holdContest({ ...contest, openNative, ...rejecting(new Error('no')) })
    expect(neither.winner).toBe('native')
  })

  it.each(['native', 'fused'] as const)('is broken off where the run is stopped during %s', async (when) => {
    const { contest, device, log } = between(60, 12)
    const stopping = () =>
      device({
        name: when,
        creating: () => {
          throw new RunStopped()
        },
      })
    const opening = when === 'native' ? { openNative: stopping } : { openFused: async () => stopping() }
    await expect(holdContest({ ...contest, ...opening })).rejects.toBeInstanceOf(RunStopped)
    expect(log.at(-1)).toBe(`${when} opened`)
  })

  it('lets messages in before each device, and tells how far the shaders are', async () => {
    const heard: number[] = []
    const { contest, device } = between(60, 12)
    const card = device({ name: 'fused' })
    let breaths = 0
    await holdContest({
      ...contest,
      breathe: async () => {
        breaths += 1
      },
      onProgress: (fraction) => heard.push(fraction),
      openFused: async () => ({
        ...card,
        createExecutor: (request, breathe, onProgress) => {
          onProgress(0.5)
          return card.createExecutor(request, breathe, onProgress)
        },
      }),
    })
    expect(breaths).toBe(2)
    expect(heard).toEqual([0.5])
  })
})
