// npm start: from a fresh clone to the lab in a browser. Options: --port N, --no-open.
import { requireNode } from './lib/nodeVersion.mjs'

requireNode()

const defaultPort = 4173

/** @param {readonly string[]} args @returns {{ port: number | null, open: boolean } | string} a sentence where not understood */
const readOptions = (args) => {
  /** @type {number | null} */
  let port = null
  let open = true
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = (args[i] ?? '').split('=', 2)
    if (name === '--no-open') open = false
    else if (name === '--port') {
      const value = inline ?? args[++i]
      port = Number(value)
      if (!Number.isInteger(port) || port < 0 || port > 65535 || value === '')
        return `--port needs a number from 0 to 65535, not "${value ?? ''}".`
    } else return `Unknown option ${args[i]}. Use: npm start -- [--port N] [--no-open]`
  }
  return { port, open }
}

const main = async () => {
  const options = readOptions(process.argv.slice(2))
  if (typeof options === 'string') {
    console.error(options)
    return 1
  }
  const { ensureInstalled } = await import('./lib/ensureInstalled.mjs')
  if (!(await ensureInstalled())) return 1
  const { builtPage, ensureBuilt } = await import('./lib/ensureBuilt.mjs')
  if (!(await ensureBuilt())) {
    console.error('The page could not be built: see above.')
    return 1
  }
  const { servePage } = await import('./lib/servePage.mjs')
  const nearby = Array.from({ length: 20 }, (_, i) => defaultPort + i)
  const served = await servePage({
    directory: builtPage,
    ports: options.port === null ? [...nearby, 0] : [options.port],
  })
  if (served === null) {
    console.error(`Port ${options.port} is taken or not allowed. Leave --port away to take a free one.`)
    return 1
  }
  console.log(`\n  Degradation Lab is ready:  ${served.address}\n\n  Ctrl-C ends it.\n`)
  if (options.open) {
    const { openInBrowser } = await import('./lib/openInBrowser.mjs')
    await openInBrowser(served.address)
  }
  await new Promise((done) => {
    process.once('SIGINT', done)
    process.once('SIGTERM', done)
  })
  await served.close()
  return 0
}

process.exitCode = await main()
