import { existsSync } from 'node:fs'
import { canInstallDebians, installDebians } from './debian.mjs'
import { placesInPath, placesOnWindows, runs } from './programs.mjs'
import { runInstalled } from './runProgram.mjs'

/** Chromium as tests and scripted experiments start it: software WebGL, and no talk with the outside of its own. */
export const browserArguments = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

const usualPlaces = () => {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (process.platform === 'win32') {
    return placesOnWindows(['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'])
  }
  return placesInPath(commands)
}

/** Playwright's own browser, where it was downloaded. @returns {Promise<string | null>} */
const playwrightsOwn = async () => {
  try {
    const { chromium } = await import('playwright')
    const file = chromium.executablePath()
    return existsSync(file) ? file : null
  } catch {
    return null
  }
}

/**
 * An installed Chromium, Chrome or Edge: CHROME_PATH first, then the usual places, then Playwright's own.
 * @returns {Promise<string | null>} its file; null where there is none
 */
export const findBrowser = async () => {
  const named = process.env.CHROME_PATH
  if (named) return runs(named) ? named : null
  return usualPlaces().find(runs) ?? (await playwrightsOwn())
}

/**
 * A browser, installed where there is none: Debian's as root, else Playwright's own.
 * @returns {Promise<string | null>} its file; null where none could be had, said on stderr
 */
export const ensureBrowser = async () => {
  const present = await findBrowser()
  if (present !== null) return present
  if (process.env.CHROME_PATH) {
    console.error(`CHROME_PATH is ${process.env.CHROME_PATH}, and that is no browser that starts.`)
    return null
  }
  if (canInstallDebians()) {
    console.error('No Chromium or Chrome was found: installing Debian’s chromium …')
    await installDebians(['chromium', 'fonts-liberation'])
    const installed = await findBrowser()
    if (installed !== null) return installed
  }
  console.error('No Chromium or Chrome was found: asking Playwright for its own …')
  await runInstalled('playwright', 'playwright', ['install', 'chromium'])
  const downloaded = await findBrowser()
  if (downloaded === null) {
    console.error(
      'No browser could be installed. Install Chromium or Chrome, or name one in CHROME_PATH, and try again.',
    )
  }
  return downloaded
}
