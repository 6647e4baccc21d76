import type { Finding } from '#shared/contract/diagnosis.ts'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import type { DiagnosisServices } from '../openDiagnosis.ts'
import { isAbout } from './refusals.ts'

const WEEK_MS = 7 * 86_400_000
const LOOKED_AT = 500
const INSTANCES = 500
const SHOWN = 8

/** R168: of which kind and in which encoding its images came; what the viewer cannot show it says on the image itself. */
export async function arrivedHow({ associations, archive }: DiagnosisServices, aeTitle: string): Promise<Finding[]> {
  const since = Date.now() - WEEK_MS
  const rows = (await associations.list({ kind: 'accepted', before: null, limit: LOOKED_AT })).filter(
    (row) => row.startedAt > since && row.bytesReceived > 0 && isAbout(row, aeTitle),
  )
  const devices = new Map(rows.map((row) => [`${row.callingAETitle}\n${row.address}`, row]))
  const kinds = new Map<string, { from: string; count: number; obstacle: string | null }>()
  for (const { callingAETitle, address } of devices.values()) {
    const received = await archive.reader.receivedSince({ callingAETitle, address, sinceMs: since })
    const held = await archive.reader.holds(received.slice(-INSTANCES).map(({ sopInstanceUID }) => sopInstanceUID))
    const instanceIds = Object.values(held)
    if (instanceIds.length === 0) continue
    const images = new Map<number, { photometric: string; obstacle: string | null }>()
    const located = await archive.reader.locate({ instanceIds })
    for (const seriesId of new Set(located.map((one) => one.seriesId)))
      for (const { instanceId, image } of await archive.reader.listImages(seriesId))
        images.set(instanceId, { photometric: image.photometricInterpretation, obstacle: image.obstacle })
    for (const { instanceId, sopClassUID, transferSyntaxUID } of located) {
      const { photometric = '', obstacle = null } = images.get(instanceId) ?? {}
      const words = [sopClassName(sopClassUID), transferSyntaxName(transferSyntaxUID), photometric || 'no pixels']
      const key = words.join(', ')
      kinds.set(key, { from: callingAETitle, count: (kinds.get(key)?.count ?? 0) + 1, obstacle })
    }
  }
  const look: Finding = {
    title: 'The image itself',
    result: 'not-run',
    detail: 'What cannot be shown right is a sentence in the viewer, with the reason. All tags can be searched there.',
    how: 'Open the study; press the tag browser; compare SOP Class, Transfer Syntax and Photometric Interpretation with what the device promises.',
    page: 'viewer',
  }
  if (kinds.size === 0)
    return [
      {
        title: 'Arrived',
        result: 'warn',
        detail: `No image ${aeTitle ? `of ${aeTitle} ` : ''}arrived in the last 7 days.`,
        how: 'Choose "Sent, but not appearing" instead.',
        page: null,
      },
      look,
    ]
  const found = [...kinds].toSorted(([, a], [, b]) => b.count - a.count).slice(0, SHOWN)
  return [
    ...found.map(
      ([key, { from, count, obstacle }]): Finding => ({
        title: `${count} from ${from}`,
        result: obstacle === null ? 'pass' : 'warn',
        detail: obstacle === null ? key : `${key}. ${obstacle}`,
        how: obstacle === null ? '' : 'Where the device lets you choose, send in another encoding.',
        page: null,
      }),
    ),
    look,
  ]
}
