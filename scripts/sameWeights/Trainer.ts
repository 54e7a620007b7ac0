import type { Trained } from './trainInPage.ts'

/** A browser that opens links of the lab and trains them. */
export interface Trainer {
  /** Its name and version. */
  readonly name: string
  /**
   * Opens this address in a page of its own and trains it to the end.
   * @throws Error with a sentence where that fails, or where the page reported an error
   */
  readonly train: (address: string) => Promise<Trained>
  readonly close: () => Promise<void>
}
