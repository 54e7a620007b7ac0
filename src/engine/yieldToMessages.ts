/** Gives the event loop a turn, so that messages (Pause, a switch) arrive between two pieces of work. */
export type YieldToMessages = () => Promise<void>

/** A turn by MessageChannel: a timer would be clamped to 4 ms, and to a second in a hidden tab. */
export const yieldToMessages: YieldToMessages = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
