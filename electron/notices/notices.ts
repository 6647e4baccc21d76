import { randomUUID } from 'node:crypto'
import type { Notice } from '#shared/contract/notices.ts'

const KEPT = 100

/** What this workstation has to say to whoever has it open; nothing of a patient's, for it may stand on a locked screen. */
export class Notices {
  private readonly kept: Notice[] = []
  private readonly listeners = new Set<() => void>()

  add(notice: Omit<Notice, 'noticeId'>): void {
    this.kept.push({ ...notice, noticeId: randomUUID() })
    if (this.kept.length > KEPT) this.kept.shift()
    for (const listener of [...this.listeners]) listener()
  }

  /** The latest last. */
  recent(): readonly Notice[] {
    return [...this.kept]
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
}
