// Keys of one letter must be possible to switch off (WCAG 2.1.4): who dictates types them without meaning to.
const place = 'degradation-lab/letter-keys'

const read = (): boolean => {
  try {
    return localStorage.getItem(place) !== 'off'
  } catch {
    return true
  }
}

let on = read()

/** Whether s and r are shortcuts. Kept in the browser. */
export const letterKeysOn = (): boolean => on

export const setLetterKeys = (wanted: boolean): void => {
  on = wanted
  try {
    localStorage.setItem(place, wanted ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing forgets this too.
  }
}
