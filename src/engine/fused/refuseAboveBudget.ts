import { NotEnoughMemory } from '../notEnoughMemory.ts'

/** Throws where networks would take more graphics memory than they may. What to make smaller is said where the sentence is shown. */
export const refuseAboveBudget = (bytes: number, budgetBytes: number): void => {
  if (bytes > budgetBytes)
    throw new NotEnoughMemory(
      `These networks, trained side by side by the lab’s own shaders, would take ${sizeWords(bytes)} of graphics memory, and the lab takes at most ${sizeWords(budgetBytes)} here.`,
    )
}

const sizeWords = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
