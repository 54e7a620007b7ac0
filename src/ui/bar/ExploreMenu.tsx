import { Icon } from '../common/Icon.tsx'
import { MenuItem } from '../common/MenuItem.tsx'
import { Popover } from '../common/Popover.tsx'
import { type PanelName, panels } from '../panels/panelNames.ts'

/** What goes beyond the one experiment: each opens over the page. */
export const ExploreMenu = ({ open }: { readonly open: (panel: PanelName) => void }) => (
  <Popover
    heading="Explore"
    align="end"
    className="explore-menu"
    buttonClass="button button--quiet"
    name="Explore"
    title="Architectures, and studies of many networks"
    label={
      <>
        <Icon name="explore" />
        <span className="bar__word">Explore</span>
      </>
    }
  >
    {(close) =>
      panels.map(({ name, title, note }) => (
        <MenuItem
          key={name}
          title={title}
          note={note}
          onChoose={() => {
            // First, so that the focus comes back to the menu's button when the panel closes.
            close()
            open(name)
          }}
        />
      ))
    }
  </Popover>
)
