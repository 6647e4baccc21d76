import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { diskOf } from './hostStatus.ts'

export interface FolderCheck {
  usable: boolean
  freeBytes: number
  sentence: string
}

/** Could the archive live there? Writes, syncs and removes a file for real. */
export async function checkFolder(folder: string, current: string): Promise<FolderCheck> {
  const no = (sentence: string): FolderCheck => ({ usable: false, freeBytes: 0, sentence })
  if (folder.trim() === '') return no('Enter a folder.')
  if (!isAbsolute(folder)) return no('Enter the whole path, from the root or the drive on.')
  const within = relative(current, folder)
  if (within === '') return no('The archive is in this folder now.')
  if (!within.startsWith('..') && !isAbsolute(within))
    return no('This folder lies inside the archive. Choose one outside it.')
  const existing = await stat(folder).catch(() => undefined)
  if (existing && !existing.isDirectory()) return no('This is a file, not a folder.')
  try {
    await mkdir(folder, { recursive: true })
    await tryWrite(folder)
  } catch (error) {
    return no(sentenceFor((error as NodeJS.ErrnoException).code))
  }
  const { freeBytes } = await diskOf(folder)
  const entries = await readdir(folder)
  if (!existing && entries.length === 0) await rm(folder, { recursive: true })
  const room = `${(freeBytes / 1e9).toFixed(0)} GB free.`
  return { usable: true, freeBytes, sentence: existing ? room : `The folder will be made. ${room}` }
}

async function tryWrite(folder: string): Promise<void> {
  const file = join(folder, `negatoscope-${randomBytes(6).toString('hex')}.tmp`)
  const handle = await open(file, 'wx')
  try {
    await handle.write('x')
    await handle.datasync()
  } finally {
    await handle.close()
    await rm(file, { force: true })
  }
}

function sentenceFor(code: string | undefined): string {
  if (code === 'EACCES' || code === 'EPERM')
    return 'This user may not write there. Choose another folder, or change its rights.'
  if (code === 'EROFS') return 'This disk cannot be written.'
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'There is no room left on this disk.'
  if (code === 'ENAMETOOLONG') return 'This path is too long.'
  if (code === 'ENOTDIR') return 'A part of this path is a file, not a folder.'
  return `This folder cannot be used (${code ?? 'unknown reason'}).`
}
