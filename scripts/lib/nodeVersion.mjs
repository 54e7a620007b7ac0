// Read by Node versions that are too old for everything else here: plain syntax, no imports.

/**
 * What is wrong with this version of Node, a sentence; null where it will do.
 * The bounds are those of Vite 8: 20.19 or later in the 20 line, or 22.12 and later.
 * @param {string} version such as "20.19.0"
 * @returns {string | null}
 */
export const nodeProblem = (version) => {
  const parts = version.split('.')
  const major = Number(parts[0])
  const minor = Number(parts[1])
  const isGood = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
  if (isGood) return null
  return `Degradation Lab needs Node 20.19 or later (of the 22 line, 22.12 or later); this is Node ${version}. Please install a newer one from nodejs.org and try again.`
}

/** Ends the program with a sentence where Node is too old. */
export const requireNode = () => {
  const problem = nodeProblem(process.versions.node)
  if (problem === null) return
  console.error(problem)
  process.exit(1)
}
