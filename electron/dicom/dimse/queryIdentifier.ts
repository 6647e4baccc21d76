import type { DataSet, Element } from 'dicom-parser'
import { withoutTrailing } from '#shared/dicom/padding.ts'
import { keywordOf, valueRepresentationsOf } from '#shared/dicom/tag.ts'
import { encodingOf } from '../part10/encoding.ts'
import { headerText } from '../part10/headerText.ts'
import { parseDataSet } from '../part10/parseDataSet.ts'

/** One key of a query as a peer wrote it. */
export interface IdentifierKey {
  /** Eight upper-case hex digits. */
  tag: string
  /** Undefined: private, or none of PS3.6. */
  keyword: string | undefined
  /** Decoded by the character set of the identifier; '' for a sequence. */
  value: string
  /** Keys of the first item of a sequence; [] when it has none. */
  item?: IdentifierKey[]
}

/** No query needs more; PS3.4 C.6 knows about a hundred keys. */
const ELEMENTS_MAX = 20_000

/** The keys of an identifier in the order of their tags, without group lengths. Throws Part10Error. */
export function readQueryIdentifier(bytes: Uint8Array, transferSyntaxUID: string): IdentifierKey[] {
  const encoding = encodingOf(transferSyntaxUID)
  const bounds = { start: 0, end: bytes.length, maximumElements: ELEMENTS_MAX }
  const { dataSet } = parseDataSet(bytes, encoding, bounds)
  return keysOf(dataSet, dataSet, true)
}

function keysOf(whole: DataSet, scope: DataSet, withItems: boolean): IdentifierKey[] {
  return Object.keys(scope.elements)
    .filter((key) => !key.endsWith('0000'))
    .toSorted()
    .flatMap((key) => {
      const element = scope.elements[key]
      return element ? [keyOf(whole, scope, key, element, withItems)] : []
    })
}

function keyOf(whole: DataSet, scope: DataSet, key: string, element: Element, withItems: boolean): IdentifierKey {
  const tag = key.slice(1).toUpperCase()
  const keyword = keywordOf(tag)
  const vr = valueRepresentationsOf(tag)[0]
  if (vr !== 'SQ') return { tag, keyword, value: vr === 'UI' ? uidsOf(scope, element) : headerText(whole, key, scope) }
  const first = withItems ? element.items?.[0]?.dataSet : undefined
  return { tag, keyword, value: '', item: first ? keysOf(whole, first, false) : [] }
}

/** In full: a list of thousands is a legal key (PS3.4 C.2.2.2.2), and one that is cut asks for less than was meant. */
function uidsOf({ byteArray }: DataSet, { dataOffset, length }: Element): string {
  return Buffer.from(byteArray.buffer, byteArray.byteOffset + dataOffset, length)
    .toString('latin1')
    .split('\\')
    .map((uid) => withoutTrailing(uid, '\0 ').replace(/^ +/, ''))
    .join('\\')
}
