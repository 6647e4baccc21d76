import { createHash } from 'node:crypto'
import type { Archive } from '#electron/archive/openArchive.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { KeptMeasurement } from '#shared/contract/measurements.ts'
import type { OutputOf } from '#shared/contract/operation.ts'
import type { reports } from '#shared/contract/reports.ts'
import { pixelAspectOf } from '#shared/imaging/frameOf.ts'
import type { DocumentInput, Evidence } from './documentHead.ts'
import { KEY_OBJECT_SELECTION, keyObjects } from './keyObjects.ts'
import type { ReportedMeasurement } from './measurementGroup.ts'
import { COMPREHENSIVE_3D_SR, COMPREHENSIVE_SR, measurementReport } from './measurementReport.ts'

interface Parts {
  archive: Archive
  transfers: Pick<Transfers, 'beginImport' | 'importFile' | 'finishImport'>
}

type Kept = KeptMeasurement & { image: Evidence; aspect: number; modality: string }

/** Series numbers that no scanner gives. */
const SR_SERIES = 9901
const KO_SERIES = 9902

/** Puts what was measured in a study, and its key images, into the study as DICOM documents. */
export async function writeReports(
  { archive, transfers }: Parts,
  studyId: number,
): Promise<OutputOf<typeof reports.write>> {
  const { reader } = archive
  const [study] = await reader.getStudies([studyId])
  if (!study) throw new ApiError('not-found', 'This study is no longer on this workstation.')
  const kept = await withImages(archive, studyId)
  const measured = kept.filter(({ kind }) => kind !== 'keyImage' && kind !== 'calibration')
  const keys = kept.filter(({ kind }) => kind === 'keyImage')
  const [first] = kept
  if (!first || measured.length + keys.length === 0)
    throw new ApiError('invalid-input', 'Nothing is measured in this study, and no image is marked as key image.')
  const [stored] = await reader.locate({ instanceIds: [first.instanceId] })
  if (!stored) throw new ApiError('not-found', 'The image that was measured is no longer on this workstation.')
  const header = readHeaderFromFile(stored.path, { maximumElements: 200_000 })
  const source = (keyword: string) => (keyword === 'StudyInstanceUID' ? study.studyInstanceUID : header.text(keyword))
  const patient = `${study.studyInstanceUID}\n${study.patientId}\n${study.patientName}`
  const input = (
    part: Pick<DocumentInput, 'sopClassUID' | 'modality' | 'seriesNumber' | 'seriesDescription'>,
    of: Kept[],
  ) => ({
    ...part,
    source,
    // The same content is the same object, and is not written twice.
    sopInstanceUID: uidOf(`${part.modality}\n${patient}\n${JSON.stringify(of.map(contentOf))}`),
    seriesInstanceUID: uidOf(`${part.modality} series\n${patient}`),
    instanceNumber: 1,
    evidence: of.map(({ image }) => image),
    at: new Date(),
  })
  const documents: DataSet[] = []
  if (measured.length > 0) {
    const inBody = measured.some(({ reformat }) => reformat)
    const head = input(
      {
        ...{ modality: 'SR', seriesNumber: SR_SERIES, seriesDescription: 'Measurements' },
        sopClassUID: inBody ? COMPREHENSIVE_3D_SR : COMPREHENSIVE_SR,
      },
      measured,
    )
    documents.push(measurementReport(head, measured[0]?.modality ?? '', measured.map(reportedOf)))
  }
  if (keys.length > 0) {
    const head = input(
      {
        ...{ modality: 'KO', seriesNumber: KO_SERIES, seriesDescription: 'Key images' },
        sopClassUID: KEY_OBJECT_SELECTION,
      },
      keys,
    )
    documents.push(keyObjects(head, [...new Set(keys.map(({ name }) => name).filter(Boolean))].join('; ')))
  }
  const held = await reader.holds(documents.map(({ SOPInstanceUID }) => String(SOPInstanceUID)))
  const fresh = documents.filter(({ SOPInstanceUID }) => held[String(SOPInstanceUID)] === undefined)
  await store(transfers, fresh)
  return { measurements: measured.length, keyImages: keys.length, unchanged: fresh.length === 0 }
}

async function store(transfers: Parts['transfers'], documents: readonly DataSet[]): Promise<void> {
  if (documents.length === 0) return
  const transferId = transfers.beginImport({ title: 'Measurements and key images', files: documents.length })
  try {
    for (const dataSet of documents) {
      const bytes = writePart10({ dataSet })
      const answer = await transfers.importFile(
        transferId,
        `${String(dataSet.Modality)}.dcm`,
        new Blob([bytes]).stream(),
      )
      if (answer.outcome === 'rejected' || answer.outcome === 'left-out')
        throw new ApiError('internal', `The document was not stored. ${answer.note}`)
    }
  } finally {
    transfers.finishImport(transferId)
  }
}

/** Measurements with the UIDs and the shape of the pixels that they lie on. */
async function withImages({ reader }: Archive, studyId: number): Promise<Kept[]> {
  const [measurements, series, stored] = await Promise.all([
    reader.listMeasurements([studyId]),
    reader.listSeries(studyId),
    reader.locate({ studyIds: [studyId] }),
  ])
  const instances = new Map(stored.map((each) => [each.instanceId, each]))
  const rows = new Map(series.map((each) => [each.seriesId, each]))
  const images = new Map(
    (
      await Promise.all([...new Set(measurements.map(({ seriesId }) => seriesId))].map((id) => reader.listImages(id)))
    ).flatMap((list) => list.map(({ instanceId, image }) => [instanceId, image] as const)),
  )
  return measurements.flatMap((measurement): Kept[] => {
    const { instanceId, seriesId, frames, frame } = measurement
    const [instance, row, image] = [instances.get(instanceId), rows.get(seriesId), images.get(instanceId)]
    if (!instance || !row || !image) return []
    const { sopClassUID, sopInstanceUID } = instance
    return [
      {
        ...measurement,
        image: {
          ...{ sopClassUID, sopInstanceUID, seriesInstanceUID: row.seriesInstanceUID },
          ...(frames > 1 && { frameNumber: frame + 1 }),
        },
        aspect: pixelAspectOf(image, frame),
        modality: row.modality,
      },
    ]
  })
}

const reportedOf = ({ seriesId: _, frames: __, modality: ___, ...rest }: Kept): ReportedMeasurement => rest

/** What a document says; where words stand on the screen is not part of it. */
const contentOf = ({ measurementId, kind, points, name, measured, image, reformat }: Kept) => [
  ...[measurementId, kind, points, name, measured, image.sopInstanceUID, image.frameNumber ?? 0, reformat ?? null],
]

function uidOf(text: string): string {
  return `2.25.${BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`)}`
}
