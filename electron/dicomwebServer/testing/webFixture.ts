import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArchive } from '#electron/archive/openArchive.ts'
import type { Patience } from '../http/body.ts'
import type { WebConfiguration, WebEvent } from '../webApi.ts'
import { createWebNode } from '../webNode.ts'

/** For tests: a DICOMweb server on a real archive in a folder of its own, at a free port of the loopback. */
export async function openTestWeb(options: Partial<WebConfiguration> = {}, patience?: Patience) {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-web-'))
  const archive = await openArchive(folder)
  const node = createWebNode(archive, patience)
  const configuration: WebConfiguration = {
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    users: [],
    origins: [],
    store: true,
    storageFolder: archive.storageFolder,
    minFreeBytes: 1024,
    onConflict: 'keep-first',
    unknownClasses: 'store',
    aeTitle: 'NEGATOSCOPE',
    ...options,
  }
  const { port } = await node.configure(configuration)
  const events: WebEvent[] = []
  const stopped = new AbortController()
  void (async () => {
    for await (const event of node.events(stopped.signal)) events.push(event)
  })()
  const base = `${configuration.tls ? 'https' : 'http'}://127.0.0.1:${port}/dicom-web`
  const get = (path: string, accept?: string, headers: Record<string, string> = {}) =>
    fetch(`${base}${path}`, { headers: { ...(accept === undefined ? {} : { accept }), ...headers } })
  return {
    archive,
    node,
    configuration,
    port,
    base,
    events,
    get,
    async json(path: string, accept?: string): Promise<Record<string, { vr: string; Value?: unknown[] }>[]> {
      const answer = await get(path, accept)
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Record<string, { vr: string; Value?: unknown[] }>[]
    },
    store: (parts: readonly (Uint8Array | string)[], path = '/studies', headers: Record<string, string> = {}) =>
      fetch(`${base}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=XYZ', ...headers },
        body: multipart(parts),
      }),
    async close() {
      stopped.abort()
      await node.close()
      await archive.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type TestWeb = Awaited<ReturnType<typeof openTestWeb>>

export function multipart(
  parts: readonly (Uint8Array | string)[],
  type = 'application/dicom',
): Uint8Array<ArrayBuffer> {
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--XYZ\r\nContent-Type: ${type}\r\n\r\n`),
    Buffer.from(part as Uint8Array),
    Buffer.from('\r\n'),
  ])
  return new Uint8Array(Buffer.concat([...pieces, Buffer.from('--XYZ--\r\n')]))
}

/** The parts of a multipart answer: their headers, small letters, and bytes. */
export async function partsOf(answer: Response): Promise<{ headers: Record<string, string>; bytes: Buffer }[]> {
  const boundary = /boundary=([^;]+)/.exec(answer.headers.get('content-type') ?? '')?.[1] ?? ''
  const body = Buffer.from(await answer.arrayBuffer())
  const found: { headers: Record<string, string>; bytes: Buffer }[] = []
  let at = body.indexOf(`--${boundary}\r\n`)
  while (at >= 0) {
    const headEnd = body.indexOf('\r\n\r\n', at)
    const next = body.indexOf(`\r\n--${boundary}`, headEnd)
    const lines = body.toString('latin1', at, headEnd).split('\r\n').slice(1)
    const headers = lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 2),
    ])
    found.push({
      headers: Object.fromEntries(headers) as Record<string, string>,
      bytes: body.subarray(headEnd + 4, next),
    })
    at =
      body.toString('latin1', next + 2 + boundary.length + 2, next + 2 + boundary.length + 4) === '--' ? -1 : next + 2
  }
  return found
}
