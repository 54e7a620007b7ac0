/** What a button that is locked for a time is given: it stays in the tab order and says why; its click must do nothing by itself. */
export const lockedProps = (
  reason: string | null,
): { readonly 'aria-disabled'?: true; readonly 'aria-description'?: string; readonly title?: string } =>
  reason === null ? {} : { 'aria-disabled': true, 'aria-description': reason, title: reason }
