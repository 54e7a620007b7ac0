import { Component, type ErrorInfo, type ReactNode } from 'react'
import './notices.css'

interface ErrorBoundaryProps {
  /** Address of the present set-up, so that it is not lost. */
  readonly address: () => string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly error: Error | null
}

/** The plain page that is left when the page itself fails: what happened, the link to the experiment, and a way on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack)
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    const address = this.addressOrOwn()
    return (
      <main className="error-page">
        <h1>The page could not be drawn.</h1>
        <p>
          The set-up is in this link. Open it again to go on; a run that was under way has to be started anew.
        </p>
        <input
          className="input"
          readOnly
          aria-label="Link to this experiment"
          value={address}
          onFocus={(event) => event.target.select()}
        />
        <button
          type="button"
          className="button button--primary"
          onClick={() => {
            history.replaceState(null, '', address)
            location.reload()
          }}
        >
          Open it again
        </button>
        <details>
          <summary>What happened</summary>
          <pre>{error.stack ?? error.message}</pre>
        </details>
      </main>
    )
  }

  private addressOrOwn(): string {
    try {
      return this.props.address()
    } catch {
      return location.href
    }
  }
}
