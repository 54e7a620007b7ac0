/** Address of this page with a hash. */
export const addressWith = (hash: string): string => {
  const page = location.href.replace(/#.*$/, '')
  const text = hash.replace(/^#/, '')
  return text === '' ? page : `${page}#${text}`
}
