/** What opens over the whole page. */
export type PanelName = 'architectures' | 'study'

export interface PanelWords {
  readonly name: PanelName
  readonly title: string
  /** What one finds there, one line, for the menu. */
  readonly note: string
}

export const panels: readonly PanelWords[] = [
  {
    name: 'architectures',
    title: 'Architectures',
    note: 'The published networks, layer by layer, and those set up here, side by side',
  },
  {
    name: 'study',
    title: 'Shortcut and order study',
    note: 'Every shortcut and every order at one depth, beside the published errors',
  },
]

/** Title of a panel. */
export const panelTitle = (wanted: PanelName): string =>
  panels.find(({ name }) => name === wanted)?.title ?? wanted
