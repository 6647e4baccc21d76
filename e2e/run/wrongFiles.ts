import type { ReadTestLog, TestedFile } from './testLog.ts'

/** Files that failed, did not come to their end, or threw outside their tests; and what is said of that. */
export function wrongFiles({ files, unhandled }: ReadTestLog): Map<string, string> {
  const wrong = new Map<string, string>()
  for (const [file, tested] of files) {
    const failed = tested?.tests.filter(({ state }) => state === 'failed') ?? []
    const text = [...(tested?.errors ?? []), ...failed.flatMap(({ errors }) => errors)].join('\n')
    if (!isFinished(tested)) wrong.set(file, text || 'It did not come to its end.')
    else if (text !== '' || failed.length > 0) wrong.set(file, text)
  }
  for (const { file, text } of unhandled)
    if (file !== null) wrong.set(file, [wrong.get(file) ?? '', text].filter((one) => one !== '').join('\n'))
  return wrong
}

export const isFinished = (tested: TestedFile | undefined): boolean =>
  tested?.tests.every(({ state }) => state !== 'pending') ?? false
