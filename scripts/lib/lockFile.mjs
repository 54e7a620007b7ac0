/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 * @typedef {Readonly<Record<string, LockEntry>>} LockEntries
 * @typedef {{ readonly parent: string, readonly name: string, readonly version: string }} Missing
 */

/** Whether npm, asked from this folder, would find the package. @param {LockEntries} entries @param {string} folder @param {string} name */
const isFound = (entries, folder, name) => {
  for (let place = folder; ; ) {
    if (entries[`${place === '' ? '' : `${place}/`}node_modules/${name}`] !== undefined) return true
    if (place === '') return false
    const up = place.lastIndexOf('/node_modules/')
    place = up < 0 ? '' : place.slice(0, up)
  }
}

/**
 * Packages for other systems that the lock file names but has no entry for. npm leaves them out where its registry does not
 * hold them at the moment, and then `npm ci` refuses the lock file everywhere.
 * @param {LockEntries} entries `packages` of a lock file
 * @returns {Missing[]}
 */
export const missingOptionalPackages = (entries) =>
  Object.entries(entries).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isFound(entries, parent, name))
      .map(([name, version]) => ({ parent, name, version })),
  )

const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

/**
 * An entry that npm accepts for such a package: where it runs can be read from its name, such as `cli-linux-x64-musl`.
 * @param {Missing} missing
 * @param {boolean} dev
 */
export const entryFor = ({ name, version }, dev) => {
  const words = name.split(/[/-]/)
  const os = systems.find((system) => words.includes(system))
  const cpu = processors.find((processor) => words.includes(processor))
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+$/.test(version)) return null
  const musl = words.some((word) => word.startsWith('musl'))
  const libc = os === 'linux' ? { libc: [musl ? 'musl' : 'glibc'] } : {}
  return { version, cpu: [cpu], ...(dev ? { dev } : {}), ...libc, optional: true, os: [os] }
}
