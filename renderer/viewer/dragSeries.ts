import { z } from 'zod'
import { joinStudies } from './earlierStudies.ts'
import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { openSeries } from './openSeries.ts'

/** Only our own pages can put this on a drag; files and text from elsewhere do not have it. */
export const seriesDragType = 'application/x-negatoscope-series'

const dragged = z.object({ studyId: z.number().int(), seriesId: z.number().int(), setKey: z.string().optional() })

export function dragText(studyId: number, seriesId: number, setKey?: string): string {
  return JSON.stringify({ studyId, seriesId, setKey })
}

export async function openDropped(position: number, text: string): Promise<void> {
  const { studyId, seriesId, setKey } = dragged.parse(JSON.parse(text))
  const [[study], series] = await Promise.all([fetchStudies([studyId]), fetchSeries(studyId)])
  const chosen = series.find((each) => each.seriesId === seriesId)
  if (!study || !chosen) return
  await openSeries(position, study, chosen, setKey === undefined ? {} : { setKey })
  await joinStudies([studyId])
}
