/** What is opened on a device, and can be lost. */
interface Closable {
  isLost(): boolean
  close(): void
}

/** Keeps what was opened last, so that the next run finds it open. */
export interface Kept<Name, Opened extends Closable> {
  /** What is open by this name; opens it where it is another or lost, after what was open is closed. */
  readonly take: (name: Name, open: () => Promise<Opened>) => Promise<Opened>
  readonly close: () => void
}

export const createKept = <Name, Opened extends Closable>(): Kept<Name, Opened> => {
  let kept: { readonly name: Name; readonly opened: Opened } | null = null
  const close = (): void => {
    kept?.opened.close()
    kept = null
  }
  return {
    take: async (name, open) => {
      if (kept !== null && kept.name === name && !kept.opened.isLost()) return kept.opened
      close()
      const opened = await open()
      kept = { name, opened }
      return opened
    },
    close,
  }
}
