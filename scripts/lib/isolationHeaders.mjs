/**
 * What isolates a page from all others, so that the browser gives it memory which threads share (`self.crossOriginIsolated`). The page,
 * its worker and its files need them alike.
 * @type {Readonly<Record<string, string>>}
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
