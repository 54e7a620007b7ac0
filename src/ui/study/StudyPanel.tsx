/** Every shortcut and every order at one depth. */
export const StudyPanel = (_props: { readonly close: () => void }) => <p className="note">Study</p>
