/** Whether a person sits before this machine, as far as that can be told. */
const hasDesktop = () => {
  if (process.env.CI || process.env.SSH_CONNECTION) return false
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY || process.env.WSL_DISTRO_NAME)
}

/**
 * Opens an address in the person's browser where there is a desktop; a failure to do so is no failure.
 * @param {string} address
 */
export const openInBrowser = async (address) => {
  if (!hasDesktop()) return
  try {
    const { default: open } = await import('open')
    const child = await open(address)
    child.on('error', () => {})
  } catch {
    // The address has been printed: it can be opened by hand.
  }
}
