/** A row of `studies` as a query reads it. */
export interface StudyRow {
  studyId: number
  studyInstanceUID: string
  patientRef: number
  series: number
  instances: number
  modalities: string
  attributes: string
}

export interface SeriesRow {
  seriesId: number
  seriesInstanceUID: string
  instances: number
  attributes: string
}

export interface InstanceRow {
  instanceId: number
  sopInstanceUID: string
  sopClassUID: string
  transferSyntaxUID: string
  attributes: string
}

export const STUDY_COLUMNS = `study_id AS studyId, study_instance_uid AS studyInstanceUID, patient_ref AS patientRef,
  series_count AS series, instance_count AS instances, modalities, attributes`
export const SERIES_COLUMNS =
  'series_id AS seriesId, series_instance_uid AS seriesInstanceUID, instance_count AS instances, attributes'

type Attributes = Record<string, string>

/** What may be a match: one study, series or image with what stands above it. Its JSON is read when first asked for. */
export class Subject<Row extends { attributes: string }> {
  readonly row: Row
  private parsed: Attributes | undefined

  constructor(row: Row) {
    this.row = row
  }

  attribute(keyword: string): string {
    this.parsed ??= JSON.parse(this.row.attributes) as Attributes
    return this.parsed[keyword] ?? ''
  }
}

export interface Candidate {
  study: Subject<StudyRow>
  series: Subject<SeriesRow> | undefined
  instance: Subject<InstanceRow> | undefined
}
