/** Why the shortcuts of a run that belongs to a study are left as they are. */
export const noSwitchInStudy =
  'A study is running, and its networks are left as they are. Stop it to switch shortcuts.'
