/**
 * A function that gives the event loop one turn, so that messages come in: a loop that only awaits never lets one through. A
 * MessageChannel, because timers are clamped to 4 ms, and to 1 s in a hidden tab.
 */
export const createYieldToMessages = (): (() => Promise<void>) => {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.onmessage = () => waiting.shift()?.()
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      port2.postMessage(null)
    })
}
