import { initialParameters } from '../domain/parameters.ts'
import { noiseFor, timeSteps } from '../engine/timeSteps.ts'
import { yieldToMessages } from '../engine/yieldToMessages.ts'
import type { DeviceRequest, OpenDevice } from './trainingDevice.ts'

/** Which of two devices trains the networks of an experiment faster. */
export interface ContestResult {
  readonly winner: 'native' | 'webgl'
  /** Both speeds, a sentence. */
  readonly reason: string
}

/** A run that the lab's own engine ends sooner is not worth the time that a graphics card's shaders take to compile. */
const notWorthAskingMs = 15_000

const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

/**
 * Times a few steps of the experiment's own networks, first on the lab's own engine and then, where there is something to gain, on WebGL.
 * A device that fails has lost.
 */
export const holdContest = async (
  request: DeviceRequest,
  openNative: () => OpenDevice,
  openWebgl: () => Promise<OpenDevice>,
  clock: () => number,
): Promise<ContestResult> => {
  const timeOn = async (device: OpenDevice): Promise<number> => {
    const { plans, batchSize } = request
    const [first] = plans
    if (first === undefined) throw new Error('An experiment has networks.')
    const noise = noiseFor(first, batchSize)
    const { executor } = await device.createExecutor(
      {
        plans,
        initial: plans.map((plan) => initialParameters(plan, 1)),
        training: noise,
        validation: noise,
      },
      yieldToMessages,
    )
    try {
      return await timeSteps(executor, batchSize, clock)
    } finally {
      executor.dispose()
    }
  }

  const native = await timeOn(openNative())
  if (native * request.steps < notWorthAskingMs)
    return {
      winner: 'native',
      reason: `The lab’s own engine takes ${ms(native)} ms a step here, fast enough without the graphics card.`,
    }
  const webgl = await openWebgl()
    .then(timeOn)
    .catch(() => Number.POSITIVE_INFINITY)
  if (webgl === Number.POSITIVE_INFINITY)
    return {
      winner: 'native',
      reason: 'WebGL does not train on the graphics card here, so the lab’s own engine does.',
    }
  return {
    winner: webgl < native ? 'webgl' : 'native',
    reason: `Measured over a few steps of these networks: ${ms(native)} ms a step by the lab’s own engine, ${ms(webgl)} by WebGL on the graphics card.`,
  }
}
