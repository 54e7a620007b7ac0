import { createServer } from 'vite'
import { isolationHeaders } from '../lib/isolationHeaders.mjs'
import { root } from '../lib/root.mjs'

export interface SourceServer {
  /** With a slash at its end. */
  readonly address: string
  close(): Promise<void>
}

/** Serves the project's own sources on this machine, compiled on the way, for pages that measure the engine. */
export const serveSources = async (alsoBundled: readonly string[] = []): Promise<SourceServer> => {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    // One for each set of packages, so that neither use throws the other's away.
    cacheDir: `node_modules/.cache/source-server-${alsoBundled.length}`,
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null, headers: isolationHeaders },
    // All at once: a package found later makes the page reload in the midst of its work.
    optimizeDeps: {
      noDiscovery: true,
      include: [
        '@tensorflow/tfjs-core',
        '@tensorflow/tfjs-backend-webgl',
        '@tensorflow/tfjs-backend-wasm',
        '@tensorflow/tfjs-backend-cpu',
        ...alsoBundled,
      ],
    },
  })
  await server.listen()
  const address = server.resolvedUrls?.local[0]
  if (address === undefined) throw new Error('The sources could not be served on this machine.')
  return { address, close: () => server.close() }
}
