/** Gives the visitor a file, through the browser's own download. */
export const saveFile = (name: string, content: Blob): void => {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the data by the next task of every browser; a minute is generous.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
