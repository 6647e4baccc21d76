import { basename, dirname, relative, sep } from 'node:path'

/**
 * Every bundle lies two folders below the root (`dist/app`, `dist/host`): so one relative path leads from any of them to a
 * resource, whichever bundle a module ends up in.
 */
export const HOST_FOLDER = 'dist/host'
export const APP_FOLDER = 'dist/app'

/** `electron/archive/writer.worker.ts` -> `archive-writer.worker`. */
export function workerOutputName(root: string, source: string): string {
  const folder = relative(root, dirname(source)).split(sep).slice(1).join('-')
  const name = basename(source, '.ts')
  return folder === '' ? name : `${folder}-${name}`
}
