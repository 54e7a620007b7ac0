import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { isolationHeaders } from './isolationHeaders.mjs'

/**
 * The page's own security policy, given as a header too: a policy in the page does not reach its workers.
 * @param {string} directory
 * @returns {string | null}
 */
const securityPolicyOf = (directory) => {
  const page = join(directory, 'index.html')
  if (!existsSync(page)) return null
  const meta = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(page, 'utf8'))
  return meta?.[1] ?? null
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number | null>} the port that it got; null where it is taken
 */
const listen = (server, port) =>
  new Promise((done, fail) => {
    /** @param {NodeJS.ErrnoException} error */
    const onError = (error) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? done(null) : fail(error)
    server.once('error', onError)
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', onError)
      const address = server.address()
      done(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

/**
 * Serves a folder of static files on this machine only, as any static host would.
 * @param {object} options
 * @param {string} options.directory
 * @param {readonly number[]} options.ports tried in turn; 0 is any free one
 * @param {string} [options.base] sub-path, with a slash at both ends
 * @param {boolean} [options.isolated] false: as a host that sets no headers for cross-origin isolation
 * @returns {Promise<{ address: string, close: () => Promise<void> } | null>} null where every port is taken
 */
export const servePage = async ({ directory, ports, base = '/', isolated = true }) => {
  const { default: sirv } = await import('sirv')
  const policy = securityPolicyOf(directory)
  const files = sirv(directory, {
    etag: true,
    dotfiles: false,
    setHeaders: (response) => {
      response.setHeader('Cache-Control', 'no-cache')
      response.setHeader('X-Content-Type-Options', 'nosniff')
      if (policy !== null) response.setHeader('Content-Security-Policy', policy)
    },
  })
  const server = createServer((request, response) => {
    if (isolated) response.setHeaders(new Map(Object.entries(isolationHeaders)))
    const wanted = request.url ?? '/'
    if (!wanted.startsWith(base)) {
      const isAbove = base.startsWith(wanted.endsWith('/') ? wanted : `${wanted}/`)
      response.writeHead(isAbove ? 302 : 404, isAbove ? { Location: base } : { 'Content-Type': 'text/plain' })
      response.end(isAbove ? '' : 'Not found\n')
      return
    }
    request.url = wanted.slice(base.length - 1)
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' })
      response.end('Not found\n')
    })
  })
  for (const port of ports) {
    const got = await listen(server, port)
    if (got === null) continue
    return {
      address: `http://127.0.0.1:${got}${base}`,
      close: () =>
        new Promise((done) => {
          server.close(() => done())
          server.closeAllConnections()
        }),
    }
  }
  return null
}
