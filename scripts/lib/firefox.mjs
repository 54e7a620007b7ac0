import { canInstallDebians, installDebians } from './debian.mjs'
import { placesInPath, placesOnWindows, runs } from './programs.mjs'

const usualPlaces = () => {
  if (process.platform === 'darwin') return ['/Applications/Firefox.app/Contents/MacOS/firefox']
  if (process.platform === 'win32') return placesOnWindows(['Mozilla Firefox/firefox.exe'])
  return placesInPath(['firefox-esr', 'firefox'])
}

/** An installed Firefox: FIREFOX_PATH first, then the usual places. */
const findFirefox = () => {
  const named = process.env.FIREFOX_PATH
  if (named) return runs(named) ? named : null
  return usualPlaces().find(runs) ?? null
}

/**
 * A Firefox, Debian's installed where there is none and that is possible.
 * @returns {Promise<string | null>} its file; null where none is to be had
 */
export const ensureFirefox = async () => {
  const present = findFirefox()
  if (present !== null || process.env.FIREFOX_PATH || !canInstallDebians()) return present
  console.error('No Firefox was found: installing Debian’s firefox-esr …')
  await installDebians(['firefox-esr'])
  return findFirefox()
}
