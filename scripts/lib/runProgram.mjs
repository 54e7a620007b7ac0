import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

/**
 * @typedef {object} RunOptions
 * @property {Readonly<Record<string, string>>} [env] added to the environment
 * @property {boolean} [capture] also returns what it printed, which is still shown
 * @property {boolean} [aside] what it prints goes to stderr, so that stdout holds only results
 */

/**
 * Runs a program in the project's folder, its output shown as it comes.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 where it could not be started
 */
export const runProgram = (program, args, { env = {}, capture = false, aside = false } = {}) =>
  new Promise((done) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : aside ? 2 : 'inherit', capture ? 'pipe' : 'inherit'],
      // Windows finds npm.cmd and its like only through its shell.
      shell: process.platform === 'win32' && !program.endsWith('.exe'),
    })
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
      process.stdout.write(chunk)
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
      process.stderr.write(chunk)
    })
    child.on('error', (error) => done({ code: 127, output: `${output}${error.message}\n` }))
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })

/**
 * Runs the command of an installed package with this same Node.
 * @param {string} packageName such as "vite"
 * @param {string} command name of the command in the package's `bin`
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export const runInstalled = (packageName, command, args, options) => {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = join(folder, typeof bin === 'string' ? bin : bin[command])
  return runProgram(process.execPath, [file, ...args], options)
}

/**
 * Runs npm: the one that started this program where there is one.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export const runNpm = (args, options) => {
  const npm = process.env.npm_execpath
  return npm?.endsWith('.js')
    ? runProgram(process.execPath, [npm, ...args], options)
    : runProgram('npm', args, options)
}
