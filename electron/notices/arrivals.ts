import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import type { Newness } from '#shared/contract/notices.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import type { NoticePreferencesStore } from './noticePreferences.ts'
import type { Notices } from './notices.ts'

export interface ArrivalParts {
  transfers: Pick<Transfers, 'onChange' | 'row'>
  reader: Pick<Remote<ArchiveReaderApi>, 'arrivedSince'>
  notices: Pick<Notices, 'add'>
  preferences: Pick<NoticePreferencesStore, 'current'>
  now(): number
}

/** The row of a transfer is made a moment after its first image is on disk. */
const SLACK_MS = 5000
const REMEMBERED = 10_000
/** Of an order of many studies the first ones tell. */
const STUDIES_LOOKED_AT = 20

/** R043: says what was received or retrieved, once it has ended, without the patient. Returns how to stop. */
export function tellArrivals({ transfers, reader, notices, preferences, now }: ArrivalParts): () => void {
  const startedAt = now()
  const told = new Remembered()
  const newOnes = new Remembered()

  const say = async (row: TransferRow, images: number) => {
    const { fresh, level } = await lookAt(row)
    // All of it was here before, under other names of the sender.
    if (fresh === 0) return
    const source = sourceOf(row)
    const text = textOf({ level, source, images, row })
    notices.add({ at: now(), text, studyIds: row.studyIds, source, level, serverId: null })
  }
  const lookAt = async ({ studyIds, startedAt: begunAt }: TransferRow) => {
    let [fresh, isNewStudy, isNewSeries] = [0, false, false]
    for (const studyId of studyIds.slice(0, STUDIES_LOOKED_AT)) {
      const series = await reader.arrivedSince({ studyId, sinceMs: begunAt - SLACK_MS })
      fresh += series.reduce((sum, one) => sum + one.fresh, 0)
      // Each is new once, also where its images come one by one.
      if (series.every((one) => one.fresh === one.total) && newOnes.add(`study ${studyId}`)) isNewStudy = true
      for (const one of series) if (one.fresh === one.total && newOnes.add(`series ${one.seriesId}`)) isNewSeries = true
    }
    const level: Newness = isNewStudy ? 'study' : isNewSeries ? 'series' : 'instance'
    return { fresh, level }
  }
  return transfers.onChange(({ transferId, removed }) => {
    const row = removed ? undefined : transfers.row(transferId)
    if (!row || (row.kind !== 'receive' && row.kind !== 'retrieve')) return
    const images = row.done - row.duplicates
    if (row.endedAt === null || row.endedAt < startedAt || images <= 0) return
    // What becomes known of it later is no arrival; a retry is.
    if (!preferences.current().isOn || !told.add(`${transferId} ${row.endedAt}`)) return
    say(row, images).catch(() => {
      // The reader is gone only when the program ends.
    })
  })
}

interface Arrival {
  level: Newness
  source: string
  images: number
  row: Pick<TransferRow, 'failed'>
}

/** `New study from CT_ROOM: 20 images`: it may stand on a locked screen. */
function textOf({ level, source, images, row }: Arrival): string {
  const count = counted(images)
  const missing = row.failed > 0 ? `, ${counted(row.failed)} could not be taken` : ''
  if (level === 'instance') return `${count} from ${source}${missing}`
  return `New ${level} from ${source}: ${count}${missing}`
}

const counted = (images: number) => `${images.toLocaleString('en')} ${images === 1 ? 'image' : 'images'}`

/** A device's AE title, without the address behind it; a server's name. */
export function sourceOf({ kind, peer }: Pick<TransferRow, 'kind' | 'peer'>): string {
  return kind === 'receive' ? peer.replace(/ \S+$/, '') : peer
}

/** A set that forgets the oldest. */
class Remembered {
  private readonly known = new Set<string>()

  /** Whether it was not known. */
  add(key: string): boolean {
    if (this.known.has(key)) return false
    this.known.add(key)
    const [oldest] = this.known
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest)
    return true
  }
}
