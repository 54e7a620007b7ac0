import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { contentSecurityPolicy } from './scripts/build/contentSecurityPolicy.ts'
import { compileEngine } from './scripts/lib/compileEngine.mjs'
import { isolationHeaders } from './scripts/lib/isolationHeaders.mjs'

await compileEngine()

export default defineConfig({
  // Relative addresses: the built page works from any static host, under any sub-path.
  base: './',
  // Threads of the engine share memory, which browsers allow only to isolated pages.
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  plugins: [
    react(),
    contentSecurityPolicy(),
    VitePWA({
      // Registered by src/app/registerServiceWorker.ts, without the plugin's own script, which reloads the page.
      injectRegister: false,
      registerType: 'prompt',
      manifest: false,
      workbox: {
        globPatterns: ['**/*.{html,js,css,wasm,woff2,svg,png,ico,webmanifest}'],
        globIgnores: ['**/screenshot*.png'],
        maximumFileSizeToCacheInBytes: 4_000_000,
        // The first visit is served from the store at once; a later version waits until no page of the old one is open.
        clientsClaim: true,
        skipWaiting: false,
        cleanupOutdatedCaches: true,
        sourcemap: false,
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
    // A busy machine is no fault of a plugin.
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        codeSplitting: {
          groups: [
            // What the first view needs in one file, and not in one for each set of parts that share something of it.
            { name: 'shell', tags: ['$initial'] },
          ],
        },
      },
    },
  },
})
