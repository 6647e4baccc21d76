import { LayoutGrid } from 'lucide-react'
import { shippedProtocols } from '#shared/imaging/hangingDefaults.ts'
import { type HangingProtocol, hangingProtocolFile } from '#shared/imaging/hangingProtocol.ts'
import { client } from '../../../api/client.ts'
import { readViewerPreferences } from '../../../api/workstation.ts'
import { showToast } from '../../../ui/toast.ts'

const MAXIMUM_FILE_BYTES = 1024 * 1024

export const knownProtocols = (): readonly HangingProtocol[] => readViewerPreferences()?.hangingProtocols ?? []

export async function keepProtocols(protocols: readonly HangingProtocol[]): Promise<void> {
  await client.viewer.update({ hangingProtocols: [...protocols] })
}

/** Before those that are there: what a person made last is what they want. One of the same name is replaced where it stands. */
export async function saveProtocol(protocol: HangingProtocol): Promise<void> {
  const known = knownProtocols()
  const same = known.findIndex(({ name }) => name === protocol.name)
  await keepProtocols(same < 0 ? [protocol, ...known] : known.with(same, protocol))
}

export function removeProtocol(protocol: HangingProtocol): Promise<void> {
  const at = knownProtocols().findIndex(({ protocolId }) => protocolId === protocol.protocolId)
  showToast({
    icon: LayoutGrid,
    message: `Deleted ${protocol.name}`,
    action: {
      label: 'Undo',
      undo: true,
      onAct: () => void keepProtocols(knownProtocols().toSpliced(Math.max(0, at), 0, protocol)),
    },
  })
  return keepProtocols(knownProtocols().filter(({ protocolId }) => protocolId !== protocol.protocolId))
}

/** Shipped ones that were changed or deleted come back, behind those of this workstation. */
export function restoreShipped(): Promise<void> {
  const own = knownProtocols().filter(({ protocolId }) => !protocolId.startsWith('shipped-'))
  return keepProtocols([...own, ...shippedProtocols])
}

export function exportProtocols(protocols: readonly HangingProtocol[]): void {
  const file = { negatoscope: 'hanging-protocols', version: 1, protocols }
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(file, undefined, 2)}\n`], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'hanging-protocols.json'
  link.click()
  URL.revokeObjectURL(url)
}

/** Puts those of a file before the known ones; the same one takes the place of ours. Returns how many came, or why none. */
export async function importProtocols(file: File): Promise<number | string> {
  if (file.size > MAXIMUM_FILE_BYTES) return 'This file is larger than any list of hanging protocols (1 MB).'
  let json: unknown
  try {
    json = JSON.parse(await file.text())
  } catch {
    return 'This file is not JSON. Choose one that was exported here.'
  }
  const parsed = hangingProtocolFile.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.')
    return `This is not a list of hanging protocols${where ? ` (${where}: ${issue?.message})` : ''}. Nothing was changed.`
  }
  const { protocols } = parsed.data
  const ids = new Set(protocols.map(({ protocolId }) => protocolId))
  await keepProtocols(
    [...protocols, ...knownProtocols().filter(({ protocolId }) => !ids.has(protocolId))].slice(0, 200),
  )
  return protocols.length
}
