import { existsSync } from 'node:fs'
import { runProgram } from './runProgram.mjs'

/** Whether packages of Debian or Ubuntu can be installed here without asking anybody. */
export const canInstallDebians = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** @param {readonly string[]} packages */
export const installDebians = async (packages) => {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runProgram('apt-get', ['update', '-qq'], { env })
  await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
}
