import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { contentEnding } from '#electron/pixels/contentType.ts'
import type { WorkstationParts } from './workstationParts.ts'

type Parts = Pick<WorkstationParts, 'archive' | 'pixels'>

/**
 * What a person saves: the DICOM file as it is stored, or the document or video in it. The name is ours and the type
 * says nothing, so that no browser opens what a stranger sent.
 */
export async function downloadFile({ archive }: Parts, instanceId: number): Promise<Response | undefined> {
  const [stored] = await archive.reader.locate({ instanceIds: [instanceId] })
  if (!stored) return undefined
  const file = await open(stored.path, 'r').catch(() => undefined)
  if (!file) return undefined
  const { size } = await file.stat()
  const stream = Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>
  return new Response(stream, { headers: attachment(`instance-${instanceId}.dcm`, size) })
}

export async function downloadContent({ pixels }: Parts, instanceId: number): Promise<Response | string | undefined> {
  const content = await pixels.content(instanceId)
  if (content === undefined || typeof content === 'string') return content
  const name = `content-${instanceId}.${contentEnding(content)}`
  return new Response(content, { headers: attachment(name, content.length) })
}

function attachment(name: string, length: number): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'content-length': String(length),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
}
