import { REPERTOIRES } from '#shared/dicom/characterRepertoire.ts'
import { SPECIFIC_CHARACTER_SET } from '#shared/dicom/characterSet.ts'
import { table, text } from './table.ts'

/** PS3.2 A.6. */
export function characterSets(): string {
  const numbers = [...REPERTOIRES.keys()].filter((number) => number !== 6).sort((a, b) => a - b)
  return text(
    '## 6 Support of character sets',
    'Stored objects keep their character set. Text is read by these, with the code extensions of ISO 2022 (PS3.5 6.1.2.5):',
    table(
      ['Defined terms', 'Read', 'Written'],
      [
        ['ISO_IR 6 (default repertoire)', 'yes', 'as part of ISO_IR 192'],
        ...numbers.map((number) => [`ISO_IR ${number}, ISO 2022 IR ${number}`, 'yes', 'no']),
        ['GB18030, GBK', 'yes', 'no'],
        [SPECIFIC_CHARACTER_SET, 'yes', 'yes: all that this workstation builds itself'],
      ],
    ),
    'A byte that the declared sets do not define is shown as U+FFFD; the name is marked as damaged and never guessed.',
  )
}
