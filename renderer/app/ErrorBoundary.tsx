import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'

interface State {
  error: Error | undefined
}

/** What a fault of ours takes down: this part of the page, and it says so. `resetKey` tries again when it changes. */
export class ErrorBoundary extends Component<{ children: ReactNode; resetKey?: string | undefined }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override componentDidUpdate(before: { resetKey?: string | undefined }): void {
    if (before.resetKey !== this.props.resetKey && this.state.error) this.setState({ error: undefined })
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <ErrorState
        title="This part of the page stopped working"
        actions={
          <>
            <Button onClick={() => this.setState({ error: undefined })}>Try again</Button>
            <Button variant="plain" onClick={() => location.reload()}>
              Reload the page
            </Button>
          </>
        }
      >
        Nothing is lost: receiving, sending and the archive go on. {error.message}
      </ErrorState>
    )
  }
}
