import { EngineUnavailable } from '../engine/engineUnavailable.ts'
import { NotEnoughMemory } from '../engine/notEnoughMemory.ts'

/** Why the lab's own shaders do not train an experiment, from what they threw: sentences for the status line. */
export const whyNot = (error: unknown): string => {
  if (error instanceof NotEnoughMemory)
    return `${error.message} A smaller batch, smaller images, fewer layers or a smaller width take less.`
  if (error instanceof EngineUnavailable) return error.message
  const message = error instanceof Error ? error.message : String(error)
  return `The lab’s own shaders do not train this here (${message.replace(/\.$/, '')}).`
}
