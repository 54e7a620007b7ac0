/** The published networks and those of the lab, layer by layer. */
export const ExplorerPanel = (_props: { readonly close: () => void }) => <p className="note">Architectures</p>
