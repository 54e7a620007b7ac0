import { equalData } from '../../domain/equalData.ts'
import { presets } from '../../domain/presets.ts'
import { Icon } from '../common/Icon.tsx'
import { MenuItem } from '../common/MenuItem.tsx'
import { Popover } from '../common/Popover.tsx'
import { useLab, useSpec } from '../common/useLab.ts'

/** The experiments that the lab offers by name, each with what it shows. */
export const PresetMenu = () => {
  const { controller } = useLab()
  const name = useSpec((state) => state.preset)
  const isChanged = useSpec(
    ({ preset, spec }) => !equalData(spec, presets.find((known) => known.name === preset)?.spec),
  )
  const present = presets.find((preset) => preset.name === name)
  return (
    <Popover
      heading="Experiments"
      className="preset-menu"
      buttonClass="button preset-button"
      title="Choose an experiment"
      label={
        <>
          <span className="visually-hidden">Experiment: </span>
          <span className="preset-button__title">{present?.title}</span>
          <span className="preset-button__changed" title={isChanged ? 'Changed from what it was' : undefined}>
            {isChanged ? <span className="visually-hidden">, changed</span> : null}
          </span>
          <Icon name="down" />
        </>
      }
    >
      {(close) =>
        presets.map((preset) => (
          <MenuItem
            key={preset.name}
            title={preset.title}
            note={preset.purpose}
            checked={preset.name === name}
            onChoose={() => {
              controller.loadPreset(preset.name)
              close()
            }}
          />
        ))
      }
    </Popover>
  )
}
