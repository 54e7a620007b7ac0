/**
 * Keeps the page for use without a network. A later version is fetched quietly and waits until every page of this one is
 * closed: a running experiment is never reloaded, and its worker never meets files of another version.
 */
export const registerServiceWorker = (): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // After everything that the first view needs has been loaded.
  const register = (): void => {
    navigator.serviceWorker.register('./sw.js').catch(() => {
      // Without it the lab works as well, only not offline.
    })
  }
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register, { once: true })
}
