import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import type { Accept } from '#shared/contract/callerChecks.ts'
import { aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { type DicomwebFlags, dicomwebOptions, readDicomwebFlags } from './dicomwebFlags.ts'
import { FlagError } from './flagError.ts'
import { readTlsFlags, type TlsFlags, tlsOptions } from './tlsFlags.ts'

/** Names of the command line for what Settings calls services. */
const services = {
  storage: 'answerStorage',
  qr: 'answerQueryRetrieve',
  commitment: 'answerStorageCommitment',
  worklist: 'answerWorklist',
  mpps: 'answerPerformedSteps',
} as const
export type ServiceSetting = (typeof services)[keyof typeof services]

export interface HeadlessFlags {
  dataFolder: string | undefined
  aeTitle: string | undefined
  dicomPort: number | undefined
  accept: Accept | undefined
  bind: string | undefined
  /** Services that are on whatever the settings say. */
  enable: ServiceSetting[]
  tls: TlsFlags
  dicomweb: DicomwebFlags
  /** R020: the administrator's servers. */
  serversIni: string | undefined
  siteProfile: string | undefined
  /** Undefined: the one of the last time where it is free, else any. */
  webPort: number | undefined
  rebuildIndex: boolean
  /** Prints the conformance statement of this configuration and ends. */
  printConformance: boolean
}

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
  const { bind } = values
  if (bind !== undefined && isIP(bind) === 0)
    throw new FlagError(`--bind is an IPv4 or IPv6 address of this computer, not "${bind}".`)
  return {
    dataFolder: values.data,
    aeTitle,
    dicomPort: values['dicom-port'] === undefined ? undefined : port('--dicom-port', values['dicom-port']),
    accept,
    bind,
    enable: (values.enable ?? []).flatMap((list) => list.split(',')).map(service),
    tls: readTlsFlags(values, port),
    dicomweb: readDicomwebFlags(values, port),
    serversIni: values['servers-ini'],
    siteProfile: values['site-profile'],
    webPort: values['web-port'] === undefined ? undefined : port('--web-port', values['web-port']),
    rebuildIndex: values['rebuild-index'] ?? false,
    printConformance: values['print-conformance'] ?? false,
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
        enable: { type: 'string', multiple: true },
        ...tlsOptions,
        ...dicomwebOptions,
        'servers-ini': { type: 'string' },
        'site-profile': { type: 'string' },
        'web-port': { type: 'string' },
        'rebuild-index': { type: 'boolean' },
        'print-conformance': { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new FlagError(error instanceof Error ? error.message : String(error))
  }
}

function service(name: string): ServiceSetting {
  const found = Object.entries(services).find(([known]) => known === name.trim())
  if (found) return found[1]
  const known = Object.keys(services).join(', ')
  throw new FlagError(`--enable takes services, separated by commas: ${known}. It does not know "${name}".`)
}

function port(flag: string, text: string): number {
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value > 65535)
    throw new FlagError(`${flag} is a number from 0 to 65535, not "${text}".`)
  return value
}
