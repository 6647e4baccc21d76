import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { commandName, endWord, webStepText } from './connectionWords.ts'

export interface TimelineLine {
  /** `+0.42 s`. */
  at: string
  words: string
  kind: 'success' | 'warning' | 'failure'
}

/** Proposed, accepted, each object, the end; what was too much to be told one by one is counted. */
export function timelineOf(
  row: AssociationRow,
  details: AssociationDetails,
): { lines: TimelineLine[]; untold: number } {
  const { contexts, steps, operations, web } = details
  const accepted = contexts.filter(({ result }) => result === 0).length
  const isOver = row.state === 'refused' || row.state === 'failed'
  const lines: TimelineLine[] = []
  if (contexts.length > 0)
    lines.push({ at: seconds(0), words: `${formatCount(contexts.length, 'context')} proposed`, kind: 'success' })
  if (!isOver && row.over !== 'web')
    lines.push({ at: seconds(0), words: `${accepted} accepted`, kind: accepted > 0 ? 'success' : 'warning' })
  for (const step of web ?? [])
    lines.push({
      at: seconds(step.ms),
      words: webStepText(step),
      kind: step.status === 0 || step.status >= 400 ? 'failure' : 'success',
    })
  for (const { ms, by, commandField, status, sopClassUID } of steps) {
    const whose =
      row.direction === 'in' && by === 'us' ? ' of ours' : row.direction === 'out' && by === 'peer' ? ' of its' : ''
    const what = sopClassUID === '' ? '' : `, ${sopClassName(sopClassUID)}`
    const kind = statusClass(status)
    lines.push({
      at: seconds(ms),
      words: `${commandName(commandField)}${whose}${what}: ${statusWords(status)}`,
      kind: kind === 'failure' || kind === 'warning' ? kind : 'success',
    })
  }
  if (row.endedAt !== null)
    lines.push({
      at: seconds(row.endedAt - row.startedAt),
      words: [endWord(row).word, row.sentence].filter(Boolean).join(': '),
      kind: isOver ? 'failure' : row.state === 'released' ? 'success' : 'warning',
    })
  const total = web ? row.succeeded + row.failed : operations.reduce((sum, { count }) => sum + count, 0)
  return { lines, untold: Math.max(0, total - (web ?? steps).length) }
}

function seconds(ms: number): string {
  return `+${(Math.max(0, ms) / 1000).toFixed(2)} s`
}
