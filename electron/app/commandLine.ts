import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HIDDEN } from './startAtLogin.ts'

export interface CommandLine {
  dataFolder: string | undefined
  /** Absolute paths of files that the system asks us to open (a `.dcm` that was double-clicked). */
  files: string[]
  /** Makes the index anew from the images, as for the headless host. */
  rebuildIndex: boolean
  /** R020: the administrator's servers. */
  serversIni: string | undefined
  /** The profile of the site that this workstation is to follow. */
  siteProfile: string | undefined
  /** Without a window at first. */
  hidden: boolean
}

export const REBUILD_INDEX = '--rebuild-index'

/**
 * `argv` as the process got it: the executable, in development the program's folder, then ours. Chromium's own switches and
 * whatever else begins with a dash are none of our business.
 */
export function readCommandLine(argv: readonly string[], packaged: boolean, workingFolder: string): CommandLine {
  const words = argv.slice(packaged ? 1 : 2)
  const files: string[] = []
  let dataFolder: string | undefined
  let serversIni: string | undefined
  let siteProfile: string | undefined
  let rebuildIndex = false
  let hidden = false
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--data') dataFolder = words[++index]
    else if (word.startsWith('--data=')) dataFolder = word.slice('--data='.length)
    else if (word === '--servers-ini') serversIni = words[++index]
    else if (word.startsWith('--servers-ini=')) serversIni = word.slice('--servers-ini='.length)
    else if (word === '--site-profile') siteProfile = words[++index]
    else if (word.startsWith('--site-profile=')) siteProfile = word.slice('--site-profile='.length)
    else if (word === REBUILD_INDEX) rebuildIndex = true
    else if (word === HIDDEN) hidden = true
    else if (word !== '' && !word.startsWith('-')) files.push(pathOf(word, workingFolder))
  }
  return { dataFolder, files, rebuildIndex, serversIni, siteProfile, hidden }
}

/** Linux desktops hand over addresses (`%U`), the others paths. */
function pathOf(word: string, workingFolder: string): string {
  if (word.startsWith('file://')) {
    try {
      return fileURLToPath(word)
    } catch {
      // A file of another machine, or no address at all: kept as it is, and refused as a file that is not there.
    }
  }
  return isAbsolute(word) ? word : resolve(workingFolder, word)
}
