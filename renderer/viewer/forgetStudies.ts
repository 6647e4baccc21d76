import { queryClient } from '../api/queryClient.ts'
import { forgetOverlays } from './fileGraphics.ts'

/** A few are kept: those of the study that is about to be opened are among the newest. */
const KEPT = 8
const ofStudies = ['opening', 'images', 'series', 'get', 'earlier'] as const

/** Descriptions go with the studies that were closed: those of images take a megabyte a thousand. */
export function forgetStudies(): void {
  forgetOverlays()
  const cache = queryClient.getQueryCache()
  for (const verb of ofStudies) {
    const unused = cache.findAll({ queryKey: ['studies', verb], type: 'inactive' })
    const newestFirst = unused.toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    for (const query of newestFirst.slice(KEPT)) cache.remove(query)
  }
}
