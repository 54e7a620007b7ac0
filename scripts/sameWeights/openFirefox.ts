import * as v from 'valibot'
import { connectMarionette } from './connectMarionette.ts'
import { launchFirefox } from './launchFirefox.ts'
import type { Trainer } from './Trainer.ts'
import { trainedSchema, trainInPage } from './trainInPage.ts'

/** Marionette waits until the last argument is called, with the answer. */
const script = `const answer = arguments[arguments.length - 1]
// The TypeScript loader names functions with a helper that the page does not have.
globalThis.__name = (f) => f
;(${trainInPage})().then((trained) => answer({ trained }), (error) => answer({ error: String(error) }))`

const answerSchema = v.object({
  value: v.union([v.object({ trained: trainedSchema }), v.object({ error: v.string() })]),
})

/** Longer than the script itself waits, ms. */
const scriptTimeout = 600_000

/**
 * A Firefox as Mozilla and Debian give it out; Playwright drives only those of its own make.
 * @throws Error where it does not start or does not let itself be driven
 */
export const openFirefox = async (file: string): Promise<Trainer> => {
  const firefox = await launchFirefox(file)
  const connected = await connectMarionette(firefox.port).catch(async (error: unknown) => {
    await firefox.end()
    throw error
  })
  const { version, disconnect } = connected
  const send = (command: string, params: object): Promise<unknown> =>
    connected.send(command, params, v.unknown())
  await send('WebDriver:SetTimeouts', { script: scriptTimeout })
  return {
    name: `Firefox ${version}`,
    train: async (address) => {
      // From one link to another only the hash would change, and the page stay.
      await send('WebDriver:Navigate', { url: 'about:blank' })
      await send('WebDriver:Navigate', { url: address })
      const call = { script, args: [], newSandbox: true }
      const { value } = await connected.send('WebDriver:ExecuteAsyncScript', call, answerSchema)
      if ('error' in value) throw new Error(value.error)
      return value.trained
    },
    close: async () => {
      await send('Marionette:Quit', { flags: ['eForceQuit'] })
      disconnect()
      await firefox.end()
    },
  }
}
