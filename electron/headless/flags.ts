import { parseArgs } from 'node:util'
import { aeTitleProblem } from '#shared/dicom/aeTitle.ts'

export interface HeadlessFlags {
  dataFolder: string | undefined
  aeTitle: string | undefined
  dicomPort: number | undefined
  accept: 'any' | 'known' | undefined
  bind: string | undefined
  webPort: number
  rebuildIndex: boolean
}

/** A command line that cannot be obeyed. `message` is the one line for stderr. */
export class FlagError extends Error {}

/** Reads the stable command line of the headless host; throws FlagError with one clear sentence. */
export function readFlags(args: string[]): HeadlessFlags {
  const { values } = parse(args)
  const aeTitle = values['ae-title']
  if (aeTitle !== undefined) {
    const problem = aeTitleProblem(aeTitle)
    if (problem) throw new FlagError(`--ae-title: ${problem}`)
  }
  const accept = values.accept
  if (accept !== undefined && accept !== 'any' && accept !== 'known') {
    throw new FlagError(`--accept is "any" or "known", not "${accept}".`)
  }
  return {
    dataFolder: values.data,
    aeTitle,
    dicomPort: values['dicom-port'] === undefined ? undefined : port('--dicom-port', values['dicom-port']),
    accept,
    bind: values.bind,
    webPort: port('--web-port', values['web-port'] ?? '0'),
    rebuildIndex: values['rebuild-index'] ?? false,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        'ae-title': { type: 'string' },
        'dicom-port': { type: 'string' },
        accept: { type: 'string' },
        bind: { type: 'string' },
        'web-port': { type: 'string' },
        'rebuild-index': { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new FlagError(error instanceof Error ? error.message : String(error))
  }
}

function port(flag: string, text: string): number {
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value > 65535)
    throw new FlagError(`${flag} is a number from 0 to 65535, not "${text}".`)
  return value
}
