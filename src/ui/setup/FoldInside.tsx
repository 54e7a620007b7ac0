import './folds.css'
import { BlockOptions } from './BlockOptions.tsx'
import { NetworkList } from './NetworkList.tsx'
import { PlannedSwitches } from './PlannedSwitches.tsx'
import { Recipe } from './Recipe.tsx'
import { StartOptions } from './StartOptions.tsx'

export type FoldName = 'block' | 'start' | 'recipe' | 'networks' | 'switches'

/** What stands in the folds of the set-up. One part: who opens one fold opens others. */
export const FoldInside = ({ fold }: { readonly fold: FoldName }) => {
  switch (fold) {
    case 'block':
      return <BlockOptions />
    case 'start':
      return <StartOptions />
    case 'recipe':
      return <Recipe />
    case 'networks':
      return <NetworkList />
    case 'switches':
      return <PlannedSwitches />
    default:
      return fold satisfies never
  }
}
