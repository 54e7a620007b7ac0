import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

const sources = join(root, 'src/engine/native/assembly')
const folder = join(root, 'src/engine/native/generated')
const target = join(folder, 'engineBinary.ts')

const options = [
  '--optimizeLevel=3',
  '--shrinkLevel=0',
  '--converge',
  '--noAssert',
  '--runtime=stub',
  '--importMemory',
  '--initialMemory=1',
  '--maximumMemory=65536',
  '--enable=simd,bulk-memory,threads',
  '--use=abort=',
  // Vectors are exchanged within the engine only.
  '--disableWarning=112',
]

/** Of all that decides what is compiled. @param {Record<string, string>} files */
const digestOf = (files) => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const all = JSON.stringify([devDependencies.assemblyscript, options, files])
  return createHash('sha256').update(all).digest('hex').slice(0, 16)
}

/**
 * Compiles the WebAssembly engine from its AssemblyScript into `src/engine/native/generated`, which is not kept in the repository, where
 * that is missing or older than its sources. Throws with the compiler's own words where it does not compile.
 */
export const compileEngine = async () => {
  const files = Object.fromEntries(
    readdirSync(sources)
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => [name, readFileSync(join(sources, name), 'utf8')]),
  )
  const mark = `// Compiled from ../assembly (${digestOf(files)}) by scripts/lib/compileEngine.mjs; not kept in the repository.`
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return
  const { default: asc } = await import('assemblyscript/asc')
  /** @type {Uint8Array | null} */
  let binary = null
  const { error, stderr } = await asc.main(['index.ts', '--outFile=engine.wasm', ...options], {
    readFile: (name, base) => {
      const path = name.startsWith('node_modules') ? join(root, name) : join(base ?? '.', name)
      return files[path] ?? (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null)
    },
    writeFile: (_, contents) => {
      if (typeof contents !== 'string') binary = contents
    },
    listFiles: () => [],
  })
  const words = stderr.toString()
  if (error !== null || binary === null) throw new Error(`The engine does not compile.\n${words}`)
  if (words !== '') console.error(words)
  mkdirSync(folder, { recursive: true })
  // In one move: another process may be reading it.
  const draft = `${target}.${process.pid}`
  writeFileSync(
    draft,
    `${mark}\n/** The engine, base64. */\nexport const engineBinary =\n  '${Buffer.from(binary).toString('base64')}'\n`,
  )
  renameSync(draft, target)
}
