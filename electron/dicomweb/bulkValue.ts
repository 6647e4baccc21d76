import { AssociationError } from '#electron/dicom/associationError.ts'
import { readBytes } from './readBytes.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'

const BYTES_MAX = 64 * 1024
const CHARACTERS_MAX = 1024
const HEX_BYTES = 16
const HEADERS = {
  accept: 'application/octet-stream, multipart/related; type="application/octet-stream"',
  'accept-encoding': 'identity',
}
const TEXT = new Set(['UT', 'LT', 'ST', 'UC', 'UR', 'LO', 'SH', 'CS', 'IS', 'DS', 'PN'])

/**
 * A value that stands elsewhere (PS3.18 F.2.6), as a person reads it: text, or how many bytes and the first of them. What
 * lies outside of the configured web address is named and never fetched. Rejects for a cancel only.
 */
export async function bulkValue(server: WebServer, uri: string, vr: string, signal: AbortSignal): Promise<string> {
  const path = pathWithin(server, uri)
  if (path === undefined) return `Kept outside of ${server.origin}: not fetched.`
  try {
    const response = await webCall(server, { method: 'GET', path, headers: HEADERS }, signal)
    const { bytes } = await readBytes(response, { server, bytesMax: BYTES_MAX, signal })
    if (TEXT.has(vr))
      return bytes
        .toString('utf8')
        .replace(/[\0 ]+$/, '')
        .slice(0, CHARACTERS_MAX)
    const beginning = bytes.subarray(0, HEX_BYTES).toString('hex').replace(/../g, '$& ').trim()
    return `${bytes.length} bytes: ${beginning}${bytes.length > HEX_BYTES ? ' …' : ''}`
  } catch (error) {
    if (signal.aborted) throw error
    const { cause = '' } = error instanceof AssociationError ? error.details : {}
    return cause === 'too long' ? 'Larger than 64 KB: not fetched.' : 'Kept beside it, and could not be fetched.'
  }
}

/** The path where the address is of this server and below its DICOMweb root; of another, nothing. */
function pathWithin({ origin, dicomwebPath }: WebServer, uri: string): string | undefined {
  if (uri.length > 2000 || !URL.canParse(uri, `${origin}${dicomwebPath}/`)) return undefined
  const { origin: found, pathname, search, username, password } = new URL(uri, `${origin}${dicomwebPath}/`)
  if (found !== new URL(origin).origin || username !== '' || password !== '') return undefined
  return pathname.startsWith(`${dicomwebPath}/`) ? `${pathname}${search}` : undefined
}
