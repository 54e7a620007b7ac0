/** Version of the links that are written now. */
export const linkVersion = 1

/** A link's keys and texts, `v` left out. */
export type LinkPairs = ReadonlyMap<string, string>

/**
 * What turns the pairs of a version into those of the next one, by the version that is left behind. A link made by any version of
 * the lab walks up this chain, so an entry is never changed or removed; whoever raises `linkVersion` adds one.
 */
export const linkUpgrades: ReadonlyMap<number, (pairs: LinkPairs) => LinkPairs> = new Map()

/** The pairs as the present version would have written them; null for a version that has no way here. */
export const upgradePairs = (pairs: LinkPairs, version: number): LinkPairs | null => {
  if (!Number.isInteger(version) || version < 1 || version > linkVersion) return null
  let upgraded = pairs
  for (let from = version; from < linkVersion; from++) {
    const upgrade = linkUpgrades.get(from)
    if (upgrade === undefined) return null
    upgraded = upgrade(upgraded)
  }
  return upgraded
}
