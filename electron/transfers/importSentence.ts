/** What a person must know of an import that is over; the counts are those of its list. */
export function importSentence(counts: {
  failed: number
  warnings: number
  /** Stored, in a study of their own: their Study Instance UID is another patient's too. */
  keptApart: number
  leftOut: number
}): string {
  const { failed, warnings, keptApart, leftOut } = counts
  const sentences = [
    failed > 0 ? `${files(failed)} could not be read; the list says why for each.` : '',
    warnings > 0
      ? `${files(warnings)} ${warnings === 1 ? 'differs' : 'differ'} from what is here under the same UID; nothing here was changed.`
      : '',
    keptApart > 0
      ? `${files(keptApart)} ${keptApart === 1 ? 'carries' : 'carry'} a Study Instance UID that images of another patient have too; the patients are listed as two studies.`
      : '',
    leftOut > 0 ? `${files(leftOut)} left out: not images.` : '',
  ]
  return sentences.filter(Boolean).join(' ')
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}
