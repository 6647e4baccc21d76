import type { Notices } from '#electron/notices/notices.ts'
import type { Newness } from '#shared/contract/notices.ts'
import type { NotificationMessage } from './message.ts'

interface Waiting {
  serverId: number
  name: string
  level: Newness
  count: number
  studies: Set<string>
}

export interface AnnouncedParts {
  notices: Pick<Notices, 'add'>
  /** Our number of each of these studies that is here. */
  find(studyInstanceUIDs: string[]): Promise<number[]>
  now(): number
  /** A device that sends makes a message for each image: they are said together. */
  gatherMs: number
}

const STUDIES_NAMED = 20

/** What servers told, as notices. */
export class Announced {
  private readonly parts: AnnouncedParts
  private readonly waiting = new Map<string, Waiting>()
  private readonly timers = new Set<NodeJS.Timeout>()

  constructor(parts: AnnouncedParts) {
    this.parts = parts
  }

  add(server: { serverId: number; name: string }, { level, studyInstanceUID }: NotificationMessage): void {
    const key = `${server.serverId} ${level}`
    const known = this.waiting.get(key)
    if (known) {
      known.count += 1
      if (known.studies.size < STUDIES_NAMED) known.studies.add(studyInstanceUID)
      return
    }
    const { serverId, name } = server
    this.waiting.set(key, { serverId, name, level, count: 1, studies: new Set([studyInstanceUID]) })
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      void this.say(key)
    }, this.parts.gatherMs)
    this.timers.add(timer)
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer)
  }

  private async say(key: string): Promise<void> {
    const found = this.waiting.get(key)
    this.waiting.delete(key)
    if (!found) return
    const { serverId, name, level, count } = found
    const studyIds = await this.parts.find([...found.studies]).catch(() => [])
    const text = `${count === 1 ? 'New' : count.toLocaleString('en')} ${wordOf(level, count)} at ${name}`
    this.parts.notices.add({ at: this.parts.now(), text, studyIds, source: name, level, serverId })
  }
}

/** `New study at Main PACS`, `12 new images at Main PACS`. */
function wordOf(level: Newness, count: number): string {
  const word = { study: ['study', 'new studies'], series: ['series', 'new series'], instance: ['image', 'new images'] }
  return word[level][count === 1 ? 0 : 1] ?? ''
}
