import type { TransferRow } from '#shared/contract/transfers.ts'
import { formatCount } from '../../app/formatAmount.ts'
import type { NoticeSettings } from './noticeSettings.ts'

export type Arrival = Pick<TransferRow, 'transferId' | 'kind' | 'endedAt' | 'peer' | 'done' | 'failed' | 'studyIds'>

/** `20 images from CT_SCANNER_1`: without the patient, for a notice may stand on a locked screen. Undefined: nothing to say. */
export function noticeOf(row: Arrival, settings: NoticeSettings, now: Date): string | undefined {
  const isArrival = row.kind === 'receive' || row.kind === 'retrieve'
  if (!settings.isOn || !isArrival || row.endedAt === null || row.done === 0) return undefined
  const source = sourceOf(row)
  if (settings.muted.includes(source) || isQuiet(settings, now)) return undefined
  const missing = row.failed > 0 ? `, ${formatCount(row.failed, 'image')} could not be taken` : ''
  return `${formatCount(row.done, 'image')} from ${source}${missing}`
}

/** A device's AE title, without the address behind it; a server's name. */
export function sourceOf({ kind, peer }: Pick<TransferRow, 'kind' | 'peer'>): string {
  return kind === 'receive' ? peer.replace(/ \S+$/, '') : peer
}

/** Also over midnight. */
export function isQuiet({ quietFrom, quietTo }: Pick<NoticeSettings, 'quietFrom' | 'quietTo'>, now: Date): boolean {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  const [from, to, at] = [minutes(quietFrom), minutes(quietTo), now.getHours() * 60 + now.getMinutes()]
  return from <= to ? at >= from && at < to : at >= from || at < to
}
