import { isAbsolute, resolve } from 'node:path'

export interface CommandLine {
  dataFolder: string | undefined
  /** Absolute paths of files that the system asks us to open (a `.dcm` that was double-clicked). */
  files: string[]
}

/**
 * `argv` as the process got it: the executable, in development the program's folder, then ours. Chromium's own switches and
 * whatever else begins with a dash are none of our business.
 */
export function readCommandLine(argv: readonly string[], packaged: boolean, workingFolder: string): CommandLine {
  const words = argv.slice(packaged ? 1 : 2)
  const files: string[] = []
  let dataFolder: string | undefined
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--data') dataFolder = words[++index]
    else if (word.startsWith('--data=')) dataFolder = word.slice('--data='.length)
    else if (word !== '' && !word.startsWith('-')) files.push(isAbsolute(word) ? word : resolve(workingFolder, word))
  }
  return { dataFolder, files }
}
