import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import type { Archive } from '#electron/archive/openArchive.ts'
import { headerText } from '#electron/dicom/part10/headerText.ts'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import type { Finding, Report } from '#shared/contract/reports.ts'
import { concepts } from './codes.ts'
import { KEY_OBJECT_SELECTION } from './keyObjects.ts'
import { type ContentItem, contentTree, findingsOf } from './readReport.ts'
import { referencedImage } from './readShape.ts'

/** Structured reports (PS3.4 B.5): all of them but those that are lists of doses. */
const REPORT = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.88\.(11|22|33|34|35|50|65|69|70|71)$/
const MOST_REPORTS = 100
const MOST_BYTES = 8 * 1024 * 1024
const MOST_KEY_IMAGES = 1000
const KEPT = 200

type Raw = Omit<Report, 'keyImages' | 'missing'> & {
  images: { sopInstanceUID: string; frame: number }[]
  description: string
}

/** Files never change: each is read once while it is asked for. */
const read = new Map<string, Raw | undefined>()

/** Reports and key object selections of studies, with the images that they speak of. */
export async function listReports({ reader }: Pick<Archive, 'reader'>, studyIds: readonly number[]): Promise<Report[]> {
  const stored = (await reader.locate({ studyIds: [...studyIds] }))
    .filter(
      ({ sopClassUID, bytes }) =>
        bytes <= MOST_BYTES && (REPORT.test(sopClassUID) || sopClassUID === KEY_OBJECT_SELECTION),
    )
    .slice(-MOST_REPORTS)
  const raw = stored.flatMap((instance) => known(instance) ?? [])
  const uids = new Set(
    raw.flatMap(({ findings, images }) =>
      [...images, ...findings.flatMap(({ shapes }) => shapes)].map(({ sopInstanceUID }) => sopInstanceUID),
    ),
  )
  uids.delete('')
  const held = await reader.holds([...uids])
  const located = await reader.locate({ instanceIds: [...new Set(Object.values(held))] })
  const seriesOf = new Map(located.map(({ instanceId, seriesId }) => [instanceId, seriesId]))
  const placed = (sopInstanceUID: string) => {
    const instanceId = held[sopInstanceUID]
    const seriesId = instanceId === undefined ? undefined : seriesOf.get(instanceId)
    return instanceId === undefined || seriesId === undefined ? undefined : { instanceId, seriesId }
  }
  return raw
    .map(({ images, description, findings, ...rest }): Report => {
      const keyImages = images.flatMap(({ sopInstanceUID, frame }) => {
        const found = placed(sopInstanceUID)
        return found ? [{ ...found, frame, description }] : []
      })
      const speaks = findings.map(
        (finding): Finding => ({
          ...finding,
          shapes: finding.shapes.map((shape) => ({ ...shape, ...placed(shape.sopInstanceUID) })),
        }),
      )
      const named = new Set(
        [...images, ...findings.flatMap(({ shapes }) => shapes)].map(({ sopInstanceUID }) => sopInstanceUID),
      )
      named.delete('')
      const missing = [...named].filter((uid) => !placed(uid)).length
      return { ...rest, findings: speaks, keyImages, missing }
    })
    .sort((a, b) => (`${a.date}${a.time}` < `${b.date}${b.time}` ? 1 : -1))
}

function known(instance: StoredInstance): Raw | undefined {
  const key = `${instance.instanceId} ${instance.path}`
  if (!read.has(key)) {
    read.set(key, readOne(instance))
    const [oldest] = read.keys()
    if (read.size > KEPT && oldest !== undefined) read.delete(oldest)
  }
  return read.get(key)
}

function readOne({ instanceId, studyId, path, sopClassUID }: StoredInstance): Raw | undefined {
  try {
    const header = readHeaderFromFile(path, { maximumElements: 200_000 })
    const root = contentTree(header)
    const isKey = sopClassUID === KEY_OBJECT_SELECTION
    const manufacturer = header.text('Manufacturer')
    return {
      ...{ instanceId, studyId, kind: isKey ? 'keyImages' : 'measurements' },
      title: (root.concept.meaning || header.text('SeriesDescription')).slice(0, 128),
      author: (observerOf(root) || manufacturer).slice(0, 128),
      date: header.text('ContentDate').slice(0, 8),
      time: header.text('ContentTime').slice(0, 13),
      isOwn: manufacturer === 'Negatoscope',
      findings: isKey ? [] : findingsOf(root),
      images: isKey ? imagesOf(root) : [],
      description: isKey ? descriptionOf(root) : '',
    }
  } catch {
    // What cannot be read as a report is told by its tile and by the tag browser.
    return undefined
  }
}

function imagesOf(root: ContentItem): { sopInstanceUID: string; frame: number }[] {
  return root.children
    .filter(({ valueType }) => valueType === 'IMAGE')
    .slice(0, MOST_KEY_IMAGES)
    .flatMap((item) => referencedImage(item) ?? [])
}

const said = (root: ContentItem, concept: { value: string }, keyword: string) => {
  const item = root.children.find((child) => child.concept.value === concept.value)
  return item ? headerText(item.header.dataSet, keyword, item.dataSet) : ''
}

const descriptionOf = (root: ContentItem) => said(root, concepts.keyDescription, 'TextValue').slice(0, 256)
const observerOf = (root: ContentItem) => said(root, { value: '121008' }, 'PersonName').replaceAll('^', ' ').trim()
