import type { ServerRow } from '#shared/contract/servers.ts'
import { isPractice } from '../../api/practice.ts'

/** Who changes a server, as its heading and its lock say it. */
export function setByWords(setBy: ServerRow['setBy']): string {
  if (setBy === 'person') return 'Yours'
  if (setBy === 'file') return 'Set by your administrator'
  return isPractice ? 'Part of practice mode' : 'Set by the site profile'
}

/** Where it is changed, for somebody who wants to. */
export function changedWhere(setBy: ServerRow['setBy'], file: string | undefined): string {
  if (setBy === 'file') return `${file ?? 'A file of this computer'} says so, and is read again when it changes.`
  return isPractice ? '' : 'It is changed there, or after leaving the profile under Settings.'
}
