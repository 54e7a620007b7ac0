/** An experiment that does not fit. The message is a sentence for people: what it would take and what there is. */
export class NotEnoughMemory extends Error {
  override readonly name = 'NotEnoughMemory'
}
