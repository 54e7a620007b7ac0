import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { browserArguments, findBrowser } from './scripts/lib/browser.mjs'
import { compileEngine } from './scripts/lib/compileEngine.mjs'
import { isolationHeaders } from './scripts/lib/isolationHeaders.mjs'

// Suites that hold for every backend: in Node on plain JavaScript and WebAssembly, in Chromium on WebGL.
const backendSuites = 'src/engine/**/*.backends.test.ts'
// The lab's own engine, kernel by kernel, against plain loops: too slow for the unit tests.
const nativeSuites = 'src/engine/native/**/*.native.test.ts'
// What needs workers and shared memory as browsers have them.
const browserSuites = 'src/**/*.browser.test.ts'
// Whole experiments against the numbers that PyTorch gave.
const scienceSuites = 'src/**/*.science.test.ts'
await compileEngine()
const executablePath = await findBrowser()

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: [backendSuites, nativeSuites, browserSuites, scienceSuites],
        },
      },
      {
        test: {
          name: 'science',
          environment: 'node',
          include: [scienceSuites],
          // Whole trainings: minutes on one core.
          testTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'engine-node',
          environment: 'node',
          include: [backendSuites, nativeSuites],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        cacheDir: 'node_modules/.cache/vitest-webgl',
        // Threads share memory in isolated pages only.
        server: { headers: isolationHeaders },
        optimizeDeps: {
          // All at once: a package found later makes the page reload in the midst of its work.
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-backend-webgl',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-cpu',
            'fast-check',
          ],
        },
        test: {
          name: 'engine-webgl',
          include: [backendSuites, browserSuites],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // One page after the other: the machine that draws without a GPU has few cores.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: [...browserArguments],
                ...(executablePath === null ? {} : { executablePath }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
