/** What a series is called: its description, else its number. */
export function seriesTitle(series: {
  description: string
  seriesNumber: number | string | null
  modality: string
}): string {
  if (series.description) return series.description
  if (series.seriesNumber === null || series.seriesNumber === '') return `${series.modality} series`
  return `Series ${series.seriesNumber}`
}
