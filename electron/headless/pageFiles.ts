import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

export interface PageFile {
  type: string
  bytes: Uint8Array
  /** Names with a content hash never change. */
  immutable: boolean
}

/** A page that was built anew below a host that runs has other names; whoever asks for what is not there costs no more. */
const LIST_AGAIN_MS = 1000

/**
 * The built page as an allow-list: URL path -> file. A request is looked up here and never becomes a path on disk. Made at
 * start, and again where a file is asked for that was not there then.
 */
export async function listPageFiles(folder: string): Promise<(urlPath: string) => Promise<PageFile | undefined>> {
  let files = await list(folder)
  let listedAt = performance.now()
  return async (urlPath) => {
    const wanted = urlPath === '/' ? '/index.html' : urlPath
    if (!files.has(wanted) && performance.now() - listedAt > LIST_AGAIN_MS) {
      listedAt = performance.now()
      files = await list(folder).catch(() => files)
    }
    const file = files.get(wanted)
    const bytes = file && (await readIfPresent(file))
    if (!file || !bytes) return undefined
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', bytes, immutable: wanted.startsWith('/assets/') }
  }
}

async function list(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, string>()
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, file)
  }
  return files
}

async function readIfPresent(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
