import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { runNpm } from './runProgram.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 * @typedef {Readonly<Record<string, LockedPackage>>} LockedPackages
 */

/**
 * Whether what is installed is what the lock file says. What is only for other systems may be missing.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export const isSameInstall = (wanted, installed) =>
  Object.entries(wanted).every(([folder, { version, optional, devOptional, peer }]) => {
    if (folder === '') return true
    const found = installed[folder]
    if (found === undefined) return optional === true || devOptional === true || peer === true
    return found.version === version
  })

/** @param {string} file @returns {LockedPackages | null} */
const readLock = (file) => {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

const isInstalled = () => {
  const wanted = readLock(join(root, 'package-lock.json'))
  const installed = readLock(join(root, 'node_modules/.package-lock.json'))
  return wanted !== null && installed !== null && isSameInstall(wanted, installed)
}

/**
 * Installs the packages of the lock file, only where they are missing or others.
 * @returns {Promise<boolean>} false where it failed; npm has said why
 */
export const ensureInstalled = async () => {
  if (isInstalled()) return true
  console.error('Installing packages (this takes a minute the first time) …')
  const { code } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    aside: true,
  })
  if (code === 0) return true
  console.error('The packages could not be installed: see above. Is this machine connected to the internet?')
  return false
}
