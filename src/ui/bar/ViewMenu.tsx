import { useState } from 'react'
import type { Theme } from '../../state/lab.ts'
import { Icon } from '../common/Icon.tsx'
import { MenuItem } from '../common/MenuItem.tsx'
import { Popover } from '../common/Popover.tsx'
import { useLab, useView } from '../common/useLab.ts'
import { letterKeysOn, setLetterKeys } from './letterKeys.ts'

const themes: readonly { readonly theme: Theme; readonly title: string }[] = [
  { theme: 'system', title: 'As the system' },
  { theme: 'light', title: 'Light' },
  { theme: 'dark', title: 'Dark' },
]

/** Theme and keys. */
export const ViewMenu = () => {
  const { controller } = useLab()
  const theme = useView((state) => state.theme)
  const [letters, setLetters] = useState(letterKeysOn)
  return (
    <Popover
      heading="Theme and keys"
      align="end"
      className="view-menu"
      buttonClass="button button--quiet button--icon"
      name="Theme and keys"
      title="Theme and keys"
      label={<Icon name="view" />}
    >
      <p className="section-title menu-heading">Theme</p>
      {themes.map((option) => (
        <MenuItem
          key={option.theme}
          title={option.title}
          checked={option.theme === theme}
          onChoose={() => controller.view({ theme: option.theme })}
        />
      ))}
      <hr className="menu-rule" />
      <p className="section-title menu-heading">Keys</p>
      <p className="view-menu__keys">
        <kbd>space</kbd> run and pause
      </p>
      <MenuItem
        title="Letter keys"
        note={
          <>
            <kbd>s</kbd> trains one step, <kbd>r</kbd> resets
          </>
        }
        checked={letters}
        onChoose={() => {
          setLetterKeys(!letters)
          setLetters(!letters)
        }}
      />
    </Popover>
  )
}
