import './explorer.css'
import { useId, useMemo, useState } from 'react'
import { comparisonSentences, type NamedNetwork, namedNetwork } from '../../domain/architecturesCompared.ts'
import { useSpec } from '../common/useLab.ts'
import { DrawingKey } from './DrawingKey.tsx'
import { drawingText } from './drawingText.ts'
import { type ChoiceGroup, choiceOf, type ExplorerChoice, explorerChoices } from './explorerChoices.ts'
import { FoldedDrawing } from './FoldedDrawing.tsx'
import { LayerRows } from './LayerRows.tsx'
import { OpenInLab } from './OpenInLab.tsx'
import { PublishedErrors } from './PublishedErrors.tsx'
import { Totals } from './Totals.tsx'

/** The papers' own pair: the plain network that is worse for its depth, and its residual counterpart. */
const firstKeys = ['plain34', 'resnet34'] as const
const sides = ['First network', 'Second network'] as const

/** Any two networks side by side: drawn, compared, counted layer by layer, beside what papers report; and into the lab. */
export const ExplorerPanel = ({ close }: { readonly close: () => void }) => {
  const spec = useSpec((state) => state.spec)
  const groups = useMemo(() => explorerChoices(spec), [spec])
  const [keys, setKeys] = useState<readonly [string, string]>(firstKeys)
  const first = choiceOf(groups, keys[0])
  const second = choiceOf(groups, keys[1])
  const firstNetwork = useMemo(() => namedNetwork(first.title, first.spec), [first])
  const secondNetwork = useMemo(() => namedNetwork(second.title, second.spec), [second])
  const shown = [
    { choice: first, network: firstNetwork, side: 0 },
    { choice: second, network: secondNetwork, side: 1 },
  ] as const
  return (
    <div className="explorer">
      <div className="explorer-pair">
        {shown.map(({ choice, network, side }) => (
          <div className="explorer-side" key={side} style={{ '--hue': hueOf(choice) }}>
            <Choose
              label={sides[side]}
              groups={groups}
              chosen={choice}
              onChoose={(key) => setKeys(side === 0 ? [key, keys[1]] : [keys[0], key])}
            />
            <p className="visually-hidden">{drawingText(network)}</p>
            <FoldedDrawing table={network.table} shortcut={choice.spec.shortcut} />
          </div>
        ))}
      </div>
      <DrawingKey networks={[firstNetwork, secondNetwork]} />
      <div className="explorer-difference" aria-live="polite">
        {comparisonSentences(firstNetwork, secondNetwork).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <OpenInLab first={first} second={second} close={close} />
      <div className="explorer-pair explorer-sheets">
        {shown.map(({ choice, network, side }) => (
          <Sheet key={side} choice={choice} network={network} />
        ))}
      </div>
    </div>
  )
}

/** A network keeps the colour that its kind has in every picture of the lab. */
const hueOf = ({ spec }: ExplorerChoice): string =>
  spec.shortcut === 'none' ? 'var(--plain)' : 'var(--residual)'

interface ChooseProps {
  readonly label: string
  readonly groups: readonly ChoiceGroup[]
  readonly chosen: ExplorerChoice
  readonly onChoose: (key: string) => void
}

const Choose = ({ label, groups, chosen, onChoose }: ChooseProps) => {
  const id = useId()
  return (
    <div className="explorer-choose">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={chosen.key}
        onChange={(event) => onChoose(event.target.value)}
      >
        {groups.map(({ title, choices }) => (
          <optgroup key={title} label={title}>
            {choices.map((choice) => (
              <option key={choice.key} value={choice.key}>
                {choice.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

const Sheet = ({ choice, network }: { readonly choice: ExplorerChoice; readonly network: NamedNetwork }) => (
  <article className="explorer-sheet" style={{ '--hue': hueOf(choice) }}>
    <header>
      <h3>{choice.title}</h3>
      <p className="note">{choice.note}</p>
    </header>
    <Totals network={network} published={choice.publishedParameters} />
    <PublishedErrors errors={choice.published} />
    <LayerRows title={choice.title} table={network.table} />
  </article>
)
