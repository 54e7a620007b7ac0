/** This device cannot train as it was asked to. The message is a sentence for people: what is missing and what to do. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable'
}
