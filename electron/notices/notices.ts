import { randomUUID } from 'node:crypto'
import { Changes } from '#electron/settings/changes.ts'
import type { Notice } from '#shared/contract/notices.ts'

const KEPT = 100

/** What this workstation has to say to whoever has it open; nothing of a patient's, for it may stand on a locked screen. */
export class Notices {
  private readonly kept: Notice[] = []
  private readonly changes = new Changes()

  add(notice: Omit<Notice, 'noticeId'>): void {
    this.kept.push({ ...notice, noticeId: randomUUID() })
    if (this.kept.length > KEPT) this.kept.shift()
    this.changes.tell()
  }

  /** The latest last. */
  recent(): readonly Notice[] {
    return [...this.kept]
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }
}
