/** Why something gave up, in one line: what was thrown in a page comes with where it was thrown. */
export const reasonOf = (error: unknown): string => {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return first.replace(/^page\.evaluate: (Error: )?/, '')
}
