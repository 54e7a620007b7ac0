/** No workers for networks can be had here; the networks can still train in the thread that asked. The message is a sentence: why. */
export class WorkersUnavailable extends Error {
  override readonly name = 'WorkersUnavailable'
}
