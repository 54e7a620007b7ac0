/**
 * Compiles the engine where that is needed. Packages must be installed.
 * @returns {Promise<boolean>} false where it does not compile; then the compiler's words have been printed
 */
export const ensureCompiled = async () => {
  const { compileEngine } = await import('./compileEngine.mjs')
  try {
    await compileEngine()
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  }
}
