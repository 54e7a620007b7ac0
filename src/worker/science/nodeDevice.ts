import { openNative } from '../nativeDevice.ts'
import { createNetworkPool } from '../networkPool.ts'
import type { TrainingDevice } from '../trainingDevice.ts'

/** The lab's own engine in a program without a page: in the thread that asks. */
export const nodeDevice: TrainingDevice = {
  open: async (request) =>
    openNative(
      request,
      {
        cores: 1,
        canShareMemory: false,
        pool: createNetworkPool({
          spawn: () => {
            throw new Error('a program without a page has no workers')
          },
        }),
      },
      'There is no page here.',
    ),
}
