import type { AssociationError } from '#electron/dicom/associationError.ts'
import type { SendOutcome } from '#electron/dicom/nodeApi.ts'
import { dimseSentence } from '#electron/servers/dimseSentence.ts'
import { CANNOT_UNDERSTAND, SUCCESS } from '#shared/dicom/status.ts'
import type { FileToSend } from './stowBody.ts'
import type { WebServer } from './webApi.ts'

const REFERENCED = '00081199'
const FAILED = '00081198'
const WARNING_REASON = '00081196'
const FAILURE_REASON = '00081197'
const REFERENCED_UID = '00081155'
const ITEMS_MAX = 10_000

/**
 * What became of each image (PS3.18 10.5.3.2, Table 10.5.3-2): stored where it stands in the referenced sequence, refused
 * where it stands in the failed one. Of an image that stands in neither nothing is known; it is not called stored.
 */
export function outcomesOf(
  json: unknown,
  files: readonly FileToSend[],
  server: Pick<WebServer, 'name'>,
  refusal?: AssociationError,
): SendOutcome[] {
  const stored = itemsBy(json, REFERENCED, WARNING_REASON)
  const failed = itemsBy(json, FAILED, FAILURE_REASON)
  return files.map(({ instance, bytes }): SendOutcome => {
    const { instanceId, sopInstanceUID } = instance
    const base = { instanceId, sopInstanceUID, bytes }
    if (failed.has(sopInstanceUID)) {
      const status = failed.get(sopInstanceUID) ?? CANNOT_UNDERSTAND
      return { ...base, status, outcome: 'failure', note: dimseSentence(status, server.name) }
    }
    if (stored.has(sopInstanceUID)) {
      const warning = stored.get(sopInstanceUID)
      if (warning === undefined || warning === SUCCESS)
        return { ...base, status: SUCCESS, outcome: 'success', note: undefined }
      return { ...base, status: warning, outcome: 'warning', note: dimseSentence(warning, server.name) }
    }
    const note = refusal?.details.sentence ?? `${server.name} does not say what became of it.`
    return { ...base, status: refusal ? CANNOT_UNDERSTAND : undefined, outcome: 'failure', note, hindrance: 'broken' }
  })
}

/** SOP Instance UID to reason; undefined where none is given. */
function itemsBy(json: unknown, sequence: string, reason: string): Map<string, number | undefined> {
  const found = new Map<string, number | undefined>()
  for (const item of valuesOf(json, sequence).slice(0, ITEMS_MAX)) {
    const [uid] = valuesOf(item, REFERENCED_UID)
    const [code] = valuesOf(item, reason)
    const status = typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 0xffff ? code : undefined
    if (typeof uid === 'string') found.set(uid, status)
  }
  return found
}

function valuesOf(json: unknown, tag: string): unknown[] {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, tag)) return []
  const { Value } = ((json as Record<string, unknown>)[tag] ?? {}) as { Value?: unknown }
  return Array.isArray(Value) ? Value : []
}
