import { formatCount, formatNumber } from '../../../app/formatAmount.ts'
import type { ImportJob } from './importFiles.ts'

/** What became of the files, in one line: what matters most first, nothing that did not happen. */
export function importText({ counts, total, state }: Pick<ImportJob, 'counts' | 'total' | 'state'>): string {
  const { stored, duplicate, conflict, rejected, 'left-out': leftOut } = counts
  const done = stored + duplicate + conflict + rejected + leftOut
  if (state === 'running') return `${formatNumber(done)} of ${formatCount(total, 'file')}`
  const parts = [
    `${formatCount(stored, 'image')} imported`,
    duplicate > 0 ? `${formatNumber(duplicate)} ${duplicate === 1 ? 'was' : 'were'} here already` : '',
    conflict > 0 ? `${formatNumber(conflict)} ${conflict === 1 ? 'differs' : 'differ'} from what is here` : '',
    rejected > 0 ? `${formatNumber(rejected)} could not be read` : '',
    leftOut > 0 ? `${formatCount(leftOut, 'file')} left out` : '',
  ]
  const text = parts.filter(Boolean).join(', ')
  return state === 'cancelled' ? `Stopped. ${text}` : text
}
