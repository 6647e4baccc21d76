import type { ServerRow } from '#shared/contract/servers.ts'

const MOST = 50

interface Step {
  /** `Delete of Northview`. */
  what: string
  servers: readonly ServerRow[]
}

/** What can be taken back: whole lists, as they were before each change. */
export class Steps {
  private readonly done: Step[] = []
  private undone: Step[] = []

  note(what: string, before: readonly ServerRow[]): void {
    this.done.push({ what, servers: before })
    if (this.done.length > MOST) this.done.shift()
    this.undone = []
  }

  /** Nothing of before may come back. */
  forget(): void {
    this.done.length = 0
    this.undone = []
  }

  /** The list before the last change, given the one of now. */
  back(now: readonly ServerRow[]): Step | undefined {
    const step = this.done.pop()
    if (step) this.undone.push({ what: step.what, servers: now })
    return step
  }

  forth(now: readonly ServerRow[]): Step | undefined {
    const step = this.undone.pop()
    if (step) this.done.push({ what: step.what, servers: now })
    return step
  }
}
