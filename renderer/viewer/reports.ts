import { create } from 'zustand'
import type { Finding, FindingShape, Report } from '#shared/contract/reports.ts'
import { client } from '../api/client.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { goNearest } from './crosshair.ts'
import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { keepNow } from './keepMeasurements.ts'
import { openSeries } from './openSeries.ts'
import { placed } from './planes.ts'
import { activate, tiles, useSession } from './session.ts'
import type { Tile } from './tile.ts'

interface Reports {
  reports: readonly Report[]
  /** Not drawn, by instance. */
  hidden: ReadonlySet<number>
  chosen: string | undefined
}

/** Structured reports and key object selections of the open studies, whoever wrote them. */
export const useReports = create<Reports>(() => ({ reports: [], hidden: new Set(), chosen: undefined }))

const STUDIES_AT_ONCE = 64
let asked = 0

/** Reads what reports the studies hold; the last call wins. */
export async function loadReports(studyIds: readonly number[]): Promise<void> {
  asked += 1
  const turn = asked
  const found: Report[] = []
  for (let at = 0; at < studyIds.length; at += STUDIES_AT_ONCE) {
    found.push(...(await callQuery('reports', 'list', { studyIds: studyIds.slice(at, at + STUDIES_AT_ONCE) })))
  }
  if (turn === asked) useReports.setState({ reports: found })
}

/** Writes measurements and key images of a study into it, after the last of them is kept. */
export async function writeReports(studyId: number) {
  await keepNow()
  const written = await client.reports.write({ studyId })
  await loadReports(useSession.getState().studyIds)
  return written
}

export function toggleReport(instanceId: number): void {
  useReports.setState(({ hidden }) => {
    const next = new Set(hidden)
    if (!next.delete(instanceId)) next.add(instanceId)
    return { hidden: next }
  })
}

export const findingKey = (report: Report, { findingId }: Finding) => `${report.instanceId}/${findingId}`

/** As the tracking UID of a report names a measurement of ours. */
export function trackingUIDOf(measurementId: string): string {
  return `2.25.${BigInt(`0x${measurementId.replaceAll('-', '')}`)}`
}

/** Shows where a finding lies: in this tile, or in one that shows its image or its place in the body. */
export async function showFinding(tile: Tile, report: Report, finding: Finding): Promise<void> {
  useReports.setState({ chosen: findingKey(report, finding) })
  const shape = finding.shapes.find(({ instanceId, frameOfReferenceUID }) => instanceId !== null || frameOfReferenceUID)
  if (!shape) return
  if (shape.instanceId === null) showPlace(shape)
  else await showImage(tile, report.studyId, shape.seriesId, shape.instanceId, shape.frame)
}

export async function showImage(
  tile: Tile,
  studyId: number,
  seriesId: number | null,
  instanceId: number,
  frame: number,
): Promise<void> {
  for (const each of [tile, ...tiles]) {
    const at = each.state.stack.findIndex((item) => item.instanceId === instanceId && item.frame === frame)
    if (at < 0) continue
    each.stopAt(at)
    activate(tiles.indexOf(each))
    return
  }
  const [[study], series] = await Promise.all([fetchStudies([studyId]), fetchSeries(studyId)])
  const row = series.find((each) => each.seriesId === seriesId)
  if (study && row) await openSeries(tiles.indexOf(tile), study, row, { instanceId, frame })
}

function showPlace({ points, frameOfReferenceUID }: FindingShape): void {
  const [x = 0, y = 0, z = 0] = points[0] ?? []
  for (const tile of tiles) {
    const there = tile.current && placed(tile.current)
    if (there?.frameOfReferenceUID === frameOfReferenceUID) goNearest(tile, [x, y, z])
  }
}
