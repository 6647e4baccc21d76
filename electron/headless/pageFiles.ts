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

/**
 * The built page as an allow-list made once at start: URL path -> file. A request is looked up here and never becomes
 * a path on disk.
 */
export async function listPageFiles(folder: string): Promise<(urlPath: string) => Promise<PageFile | undefined>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, string>()
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, file)
  }
  return async (urlPath) => {
    const wanted = urlPath === '/' ? '/index.html' : urlPath
    const file = files.get(wanted)
    if (!file) return undefined
    return {
      type: TYPES[extname(file)] ?? 'application/octet-stream',
      bytes: await readFile(file),
      immutable: wanted.startsWith('/assets/'),
    }
  }
}
