/**
 * What is wrong with a file that a visitor chose, in a sentence for them. Thrown inside the reader only: `readCifar` turns it
 * into a value.
 */
export class UserFileError extends Error {
  override readonly name = 'UserFileError'
}
