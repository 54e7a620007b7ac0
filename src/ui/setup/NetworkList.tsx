import { limits } from '../../domain/limits.ts'
import { Icon } from '../common/Icon.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { withAddedNetwork } from './editNetworks.ts'
import { NetworkLine } from './NetworkLine.tsx'

/** Every curve of the experiment, one by one, and a way to add one. */
export const NetworkList = () => {
  const { controller } = useLab()
  const networks = useSpec((state) => state.spec.networks)
  return (
    <>
      <ul className="networks">
        {networks.map((curve, index) => (
          // The place in the list is what a network is known by.
          <NetworkLine key={index} index={index} curve={curve} />
        ))}
      </ul>
      <button
        type="button"
        className="button button--small"
        aria-disabled={networks.length >= limits.networks.max}
        onClick={() => {
          if (networks.length < limits.networks.max) controller.edit(withAddedNetwork)
        }}
      >
        <Icon name="plus" /> Add a network
      </button>
      <p className="note">All start from the same seed and see the same batches.</p>
    </>
  )
}
