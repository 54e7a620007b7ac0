import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Filled part of a range, 0 … 1. */
    '--fill'?: number
    /** Digits that a number may come to have. */
    '--digits'?: number
  }
}
