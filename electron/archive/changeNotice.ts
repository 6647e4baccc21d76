const INTERVAL_MS = 100

/** Tells at once that studies changed, then at most ten times a second; never forgets one. */
export class ChangeNotice {
  private readonly send: (studyIds: number[]) => void
  private readonly changed = new Set<number>()
  private timer: NodeJS.Timeout | undefined

  constructor(send: (studyIds: number[]) => void) {
    this.send = send
  }

  add(studyIds: Iterable<number>): void {
    for (const studyId of studyIds) this.changed.add(studyId)
    if (!this.timer) this.flush()
  }

  private flush(): void {
    this.timer = undefined
    if (this.changed.size === 0) return
    this.send([...this.changed])
    this.changed.clear()
    this.timer = setTimeout(() => this.flush(), INTERVAL_MS)
    this.timer.unref()
  }
}
