import { initialParameters } from '../domain/parameters.ts'
import { RunStopped } from '../engine/loop/runControl.ts'
import { createAliveGuard } from '../engine/loop/whileAlive.ts'
import { noiseFor, timeSteps } from '../engine/timeSteps.ts'
import type { Breathe, DeviceRequest, OpenDevice, ShaderProgress } from './trainingDevice.ts'
import { whyNot } from './whyNot.ts'

export interface Contest {
  readonly request: DeviceRequest
  readonly openNative: () => OpenDevice
  /** The lab's own shaders on the graphics card. */
  readonly openFused: () => Promise<OpenDevice>
  /** Milliseconds that never go back. */
  readonly clock: () => number
  readonly breathe: Breathe
  readonly onProgress: ShaderProgress
}

/** Which of two devices trains the networks of an experiment. */
export interface ContestResult {
  readonly winner: 'native' | 'fused'
  /** Why, with what was measured; sentences. */
  readonly reason: string
}

/** A run that the lab's own engine ends sooner is not worth the time that a graphics card's shaders take to compile. */
const notWorthAskingMs = 15_000

/** A graphics card that is nearly as fast is taken: it leaves the processor free, and three steps are no exact measure. */
const clearlyFaster = 1.25

const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

/**
 * Times a few steps of the experiment's own networks, first on the lab's own engine and then, where there is something to gain, on the
 * graphics card. A device that fails has lost. Throws `RunStopped` where the run is stopped meanwhile.
 */
export const holdContest = async (contest: Contest): Promise<ContestResult> => {
  const { request, openNative, openFused } = contest
  const native = await timed(contest, async () => openNative())
  if (typeof native === 'number' && native * request.steps < notWorthAskingMs)
    return {
      winner: 'native',
      reason: `The lab’s own engine takes ${ms(native)} ms a step here and ends this run within ${notWorthAskingMs / 1000} s, so the graphics card need not train.`,
    }
  const fused = await timed(contest, openFused)
  // Where both fail, the lab's own engine says why when it is asked again.
  if (typeof fused !== 'number')
    return { winner: 'native', reason: `${whyNot(fused.error)} So the lab’s own engine trains.` }
  if (typeof native !== 'number')
    return {
      winner: 'fused',
      reason: `The lab’s own engine does not train this here (${messageOf(native.error)}), so the graphics card does, ${ms(fused)} ms a step.`,
    }
  const measured = `Measured over a few steps of these networks: ${ms(native)} ms a step by the lab’s own engine on the processor, ${ms(fused)} ms by its shaders on the graphics card.`
  if (native * clearlyFaster <= fused) return { winner: 'native', reason: measured }
  return {
    winner: 'fused',
    reason: native < fused ? `${measured} That is close, so the processor stays free.` : measured,
  }
}

/** Milliseconds a step; the error of a device that fails. */
const timed = async (
  contest: Contest,
  open: () => Promise<OpenDevice>,
): Promise<number | { readonly error: unknown }> => {
  await contest.breathe()
  try {
    const device = await open()
    // What is read from a lost device never comes.
    const guard = createAliveGuard(device)
    try {
      return await guard.whileAlive(timeOn(device, contest))
    } finally {
      guard.end()
    }
  } catch (error) {
    if (error instanceof RunStopped) throw error
    return { error }
  }
}

const timeOn = async (
  device: OpenDevice,
  { request: { plans, batchSize }, clock, breathe, onProgress }: Contest,
): Promise<number> => {
  const [first] = plans
  if (first === undefined) throw new Error('An experiment has networks.')
  const noise = noiseFor(first, batchSize)
  const initial = plans.map((plan) => initialParameters(plan, 1))
  const request = { plans, initial, training: noise, validation: noise }
  const { executor } = await device.createExecutor(request, breathe, onProgress)
  try {
    return await timeSteps(executor, batchSize, clock)
  } finally {
    executor.dispose()
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
