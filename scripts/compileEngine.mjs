// Compiles the WebAssembly engine where it is missing or older than its sources, for what reads it without Vite: the type check.
import { ensureCompiled } from './lib/ensureCompiled.mjs'

process.exitCode = (await ensureCompiled()) ? 0 : 1
