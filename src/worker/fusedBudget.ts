import { defaultBudgetBytes } from '../engine/fused/fusedSupport.ts'

/** What a browser says of the machine, as far as its graphics memory can be guessed from it. */
export interface MachineSize {
  /** `navigator.deviceMemory`, gigabytes, rounded by the browser; null where it does not say (Firefox, Safari). */
  readonly memoryGb: number | null
  readonly isPhone: boolean
}

/** Where a phone does not say what it has: a quarter of 2 GB, which phones with WebGL 2 have at the least. */
const phoneBytes = 0.5e9

/**
 * Graphics memory that the networks of an experiment may take together. No browser tells how much there is: a quarter of the
 * machine's memory is what integrated graphics and phones get along with; a card of its own mostly has more than the default.
 */
export const fusedBudgetBytes = ({ memoryGb, isPhone }: MachineSize): number => {
  if (memoryGb !== null) return Math.min(defaultBudgetBytes, (memoryGb * 2 ** 30) / 4)
  return isPhone ? Math.min(defaultBudgetBytes, phoneBytes) : defaultBudgetBytes
}

/** As this browser tells it. */
export const machineSizeHere = (): MachineSize => ({
  // Not in TypeScript's library, and not in every browser.
  memoryGb:
    'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number' ? navigator.deviceMemory : null,
  isPhone: /\b(Android|iPhone|iPad|Mobile)\b/.test(navigator.userAgent),
})
