import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Where the PATH would find these commands, whether they are there or not.
 * @param {readonly string[]} commands
 */
export const placesInPath = (commands) => {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)))
}

/**
 * Where Windows keeps programs of everybody and of one's own, with these paths.
 * @param {readonly string[]} paths
 */
export const placesOnWindows = (paths) =>
  ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((folder) => {
    const base = process.env[folder]
    return base === undefined ? [] : paths.map((path) => join(base, path))
  })

/** Debian's and Ubuntu's folders hold stand-ins that only tell what to install: a program is what says its version. @param {string} file */
export const runs = (file) => {
  if (!existsSync(file)) return false
  if (process.platform === 'win32') return true
  try {
    execFileSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}
