import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Colour of the network that a part of the page speaks of. */
    '--hue'?: string
  }
}
