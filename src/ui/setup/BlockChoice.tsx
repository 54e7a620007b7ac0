import { useId, useState } from 'react'
import { type BlockType, blockTypes } from '../../domain/networkSpec.ts'
import { formatList } from '../common/format.ts'
import { NumberField } from '../common/NumberField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { BlockDiagram } from './BlockDiagram.tsx'
import { blockCards } from './blockCards.ts'
import { ChoiceCard, RefusalList } from './ChoiceCard.tsx'
import { commonOption } from './commonOption.ts'
import { changedDepths, withBlock, withOption } from './editFamily.ts'
import { refusalOf } from './refusalOf.ts'

/** The block of all networks. Their depths follow, because three layers a block make other depths than two. */
export const BlockChoice = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const group = useId()
  const [moved, setMoved] = useState<{ readonly to: BlockType; readonly words: string } | null>(null)
  const present = commonOption(spec, 'block')
  const offers = blockTypes.map((block) => ({
    block,
    name: blockCards[block].name,
    refusal: block === present ? null : refusalOf(withBlock(spec, block)),
  }))
  const choose = (block: BlockType) => {
    const depths = changedDepths(spec, withBlock(spec, block))
    const words = formatList(depths.map(([from, to]) => `${from} to ${to}`))
    setMoved(depths.length === 0 ? null : { to: block, words })
    controller.edit((now) => withBlock(now, block))
  }
  return (
    <fieldset className="setup__fieldset">
      <legend className="section-title setup__sourced">
        Block <span className="setup__source">{present === null ? '' : blockCards[present].source}</span>
      </legend>
      <div className="cards">
        {offers.map(({ block, name, refusal }) => (
          <ChoiceCard
            key={block}
            group={group}
            isChosen={present === block}
            refusal={refusal}
            onChoose={() => choose(block)}
          >
            <BlockDiagram block={block} />
            <span>{name}</span>
          </ChoiceCard>
        ))}
      </div>
      <p className="note">{present === null ? 'The networks differ in it.' : blockCards[present].sentence}</p>
      <p className="note" role="status">
        {moved !== null && moved.to === present
          ? `Depths went to the nearest possible: ${moved.words}.`
          : null}
      </p>
      {present === 'resnext' ? <Groups /> : null}
      <RefusalList group={group} refusals={offers} />
    </fieldset>
  )
}

/** Cardinality and width of a group, where all networks have the same. */
const Groups = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const fields = [
    { option: 'cardinality', label: 'Groups' },
    { option: 'groupWidth', label: 'Channels a group' },
  ] as const
  return fields.map(({ option, label }) => {
    const value = commonOption(spec, option)
    return value === null ? null : (
      <NumberField
        key={option}
        label={label}
        value={value}
        check={(wanted) => refusalOf(withOption(spec, { [option]: wanted }))}
        onCommit={(wanted) => controller.edit((now) => withOption(now, { [option]: wanted }))}
      />
    )
  })
}
