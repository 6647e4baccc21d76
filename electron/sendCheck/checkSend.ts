import type { ArchiveReaderApi, ImagePlace, KeptTransfer } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { readPlan } from '#electron/transfers/plan.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import type { StudyRow } from '#shared/contract/studies.ts'
import type { SendCheck, SendFinding } from '#shared/contract/transfers.ts'
import { gapIn } from '#shared/imaging/gaps.ts'
import { identitySentence } from './identity.ts'

type Reader = Pick<Remote<ArchiveReaderApi>, 'placesOf' | 'getStudies' | 'sendsOfStudies'>

const PICTURES = 3
const FINDINGS_MAX = 50

/** Is it whole, whose is it, what of it is new to these servers? Nothing here hinders a send; a person decides. */
export async function checkSend(
  reader: Reader,
  selection: { studyIds?: number[]; seriesIds?: number[]; instanceIds?: number[] },
  servers: readonly Pick<ServerRow, 'serverId' | 'name'>[],
): Promise<SendCheck> {
  const places = await reader.placesOf(selection)
  if (places.length === 0)
    throw new ApiError('not-found', 'These images are no longer on this workstation. Refresh the list.')
  const studyIds = [...new Set(places.map(({ studyId }) => studyId))]
  const [studies, sends] = await Promise.all([
    reader.getStudies(studyIds),
    servers.length === 0 ? [] : reader.sendsOfStudies(studyIds),
  ])
  const series = [...Map.groupBy(places, ({ seriesId }) => seriesId).values()]
  // Single images are sent on purpose: what lies between them is not missing.
  const gaps = selection.instanceIds ? [] : series.flatMap(gapFinding)
  const findings = [...identityFindings(studies), ...gaps, ...servers.flatMap((server) => late(places, sends, server))]
  return {
    studies: studyIds.length,
    series: series.length,
    images: places.length,
    bytes: places.reduce((sum, { bytes }) => sum + bytes, 0),
    thumbnails: series.slice(0, PICTURES).map(pictureOf),
    findings: findings.slice(0, FINDINGS_MAX),
  }
}

const nobody = { serverId: null, instanceIds: [] }

function identityFindings(studies: readonly StudyRow[]): SendFinding[] {
  const findings = studies.flatMap((study): SendFinding[] => {
    const text = identitySentence(study, studies.length === 1)
    if (text === undefined) return []
    return [{ kind: 'identity', ok: false, text, studyId: study.studyId, seriesId: null, ...nobody }]
  })
  const [first] = studies
  if (findings.length > 0 || !first) return findings
  const text = studies.some(({ owner }) => owner !== '')
    ? 'Patient, owner and ID are complete.'
    : 'Patient name and ID are complete.'
  return [{ kind: 'identity', ok: true, text, studyId: first.studyId, seriesId: null, ...nobody }]
}

function gapFinding(images: readonly ImagePlace[]): SendFinding[] {
  const [first] = images
  const gap = gapIn(images)
  if (!first || gap === undefined) return []
  const { studyId, seriesId, modality, seriesDescription, seriesNumber } = first
  const name = [modality, seriesDescription || (seriesNumber === null ? '' : `series ${seriesNumber}`)]
  return [{ kind: 'gap', ok: false, text: `${name.filter(Boolean).join(' ')}: ${gap}`, studyId, seriesId, ...nobody }]
}

const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** Images that were not here yet when their study was sent there last. */
function late(
  places: readonly ImagePlace[],
  sends: readonly KeptTransfer[],
  { serverId, name }: Pick<ServerRow, 'serverId' | 'name'>,
): SendFinding[] {
  const found: SendFinding[] = []
  for (const [studyId, images] of Map.groupBy(places, (place) => place.studyId)) {
    const last = sends.find(
      (row) => row.studyIds.includes(studyId) && row.done > 0 && readPlan(row.plan)?.serverId === serverId,
    )
    if (!last) continue
    const after = images.filter(({ receivedAt }) => receivedAt > last.startedAt)
    if (after.length === 0 || after.length === images.length) continue
    const came = after.length === 1 ? '1 image came' : `${after.length} images came`
    const text = `${came} after this study was sent to ${name}, ${moment.format(last.startedAt)}.`
    const instanceIds = after.map(({ instanceId }) => instanceId)
    found.push({ kind: 'late', ok: false, text, studyId, seriesId: null, serverId, instanceIds })
  }
  return found
}

function pictureOf(images: readonly ImagePlace[]): SendCheck['thumbnails'][number] {
  const drawable = images.filter((image) => image.drawable)
  const middle = drawable[Math.floor(drawable.length / 2)]
  return { instanceId: middle?.instanceId ?? null, modality: images[0]?.modality ?? '' }
}
