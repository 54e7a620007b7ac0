/** Pieces of work that are done in the order in which they are posted, and looked at later. */
export interface Pipeline<T> {
  /**
   * Starts a piece of work, and waits until at most one earlier piece is under way: whoever works never waits for the next, and nobody
   * runs far ahead. Throws what an earlier piece threw; then nothing is started.
   */
  readonly post: (start: () => Promise<T>) => Promise<void>
  /** Waits for all that was posted. Throws what a piece threw. */
  readonly settle: () => Promise<void>
  /** Waits for all that was posted, and gives what came of it since the last call, oldest first. Throws what a piece threw. */
  readonly takeResults: () => Promise<readonly T[]>
}

/** A pipeline that has failed once stays so: what was posted after the failure was computed from what it left. */
export const createPipeline = <T>(): Pipeline<T> => {
  let posted: Promise<T>[] = []
  let failure: { readonly error: unknown } | null = null
  const throwFailure = (): void => {
    if (failure !== null) throw failure.error
  }
  /** Never throws by itself, so that no failure goes unhandled where nobody waits for it any more. */
  const settled = (work: Promise<T> | undefined): Promise<void> =>
    Promise.resolve(work).then(
      () => {},
      (error: unknown) => {
        failure ??= { error }
      },
    )

  return {
    async post(start) {
      throwFailure()
      const work = start()
      void settled(work)
      posted.push(work)
      await settled(posted.at(-3))
      throwFailure()
    },
    async settle() {
      for (const work of posted) await settled(work)
      throwFailure()
    },
    async takeResults() {
      throwFailure()
      const taken = posted
      posted = []
      for (const work of taken) await settled(work)
      throwFailure()
      return Promise.all(taken)
    },
  }
}
