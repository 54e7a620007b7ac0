import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Banner } from './Banner.tsx'

interface PartBoundaryProps {
  /** What failed, in words: `The chart`. */
  readonly name: string
  readonly children: ReactNode
}

interface PartBoundaryState {
  readonly hasFailed: boolean
}

/** Keeps the failure of one picture to itself: the training and the rest of the page go on. */
export class PartBoundary extends Component<PartBoundaryProps, PartBoundaryState> {
  override state: PartBoundaryState = { hasFailed: false }

  static getDerivedStateFromError(): PartBoundaryState {
    return { hasFailed: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack)
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return (
      <Banner
        tone="failure"
        actions={
          <button
            type="button"
            className="button button--small"
            onClick={() => this.setState({ hasFailed: false })}
          >
            Draw it again
          </button>
        }
      >
        {this.props.name} could not be drawn. The training is not touched by that.
      </Banner>
    )
  }
}
