import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../lib/root.mjs'

export interface LaunchedFirefox {
  /** Where it listens for Marionette. */
  readonly port: number
  /** Waits until it has ended, and ends it where it does not by itself. */
  readonly end: () => Promise<void>
}

/** How long it may take to start, and how long to end, seconds. */
const startPatience = 60
const endPatience = 10

const preferences = `user_pref("marionette.port", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
`

/** In the project: a Firefox in a snap may read what lies in a home, but not what lies in /tmp. */
const makeProfile = (): string => {
  const folder = join(root, 'node_modules/.cache')
  mkdirSync(folder, { recursive: true })
  const profile = mkdtempSync(join(folder, 'firefox-'))
  writeFileSync(join(profile, 'user.js'), preferences)
  return profile
}

/**
 * Starts a Firefox without a window and with a new profile.
 * @throws Error with what it printed where it does not begin to listen
 */
export const launchFirefox = async (file: string): Promise<LaunchedFirefox> => {
  const profile = makeProfile()
  const child = spawn(file, ['--headless', '--no-remote', '--marionette', '--profile', profile], {
    // As root it starts only with a home of root's own.
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let printed = ''
  child.stderr.on('data', (chunk) => {
    printed += chunk
  })
  let hasEnded = false
  const ended = new Promise<void>((done) => {
    const onEnd = (): void => {
      hasEnded = true
      done()
    }
    child.once('error', onEnd)
    child.once('exit', onEnd)
  })
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', kill)
  const end = async (): Promise<void> => {
    const timer = setTimeout(kill, endPatience * 1000)
    await ended
    clearTimeout(timer)
    process.removeListener('exit', kill)
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
  }

  const portFile = join(profile, 'MarionetteActivePort')
  const start = performance.now()
  while (!hasEnded && performance.now() - start < startPatience * 1000) {
    const port = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0
    if (port > 0) return { port, end }
    await sleep(50)
  }
  kill()
  await end()
  throw new Error(`It does not begin to listen. ${printed.trim()}`)
}
