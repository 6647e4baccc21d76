import { type AttributeSet, itemsIn, textIn } from '#shared/dicom/attributeSet.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'

/** PS3.3 C.4.14. */
export type StepState = 'IN PROGRESS' | 'COMPLETED' | 'DISCONTINUED'

/** A performed procedure step as it is kept, in either role. */
export interface PerformedStep {
  sopInstanceUID: string
  state: StepState
  attributes: AttributeSet
}

/** PS3.7 C. */
const INVALID_ATTRIBUTE_VALUE = 0x0106
const MISSING_ATTRIBUTE = 0x0120
const MISSING_ATTRIBUTE_VALUE = 0x0121
const PROCESSING_FAILURE = 0x0110
const NO_SUCH_INSTANCE = 0x0112
const DUPLICATE_INSTANCE = 0x0111
/** PS3.4 Table F.7.2-2: a step that has ended cannot be changed. */
const NO_LONGER_UPDATED = 0xa710

/** What a request about a performed step is answered with when it is not done. */
export class StepRefusal extends Error {
  readonly status: number
  readonly errorID: number | undefined
  constructor(status: number, comment: string, errorID?: number) {
    super(comment)
    this.name = 'StepRefusal'
    this.status = status
    this.errorID = errorID
  }
}

export const duplicate = () => new StepRefusal(DUPLICATE_INSTANCE, 'A step with this UID is here already')
export const unknown = () => new StepRefusal(NO_SUCH_INSTANCE, 'No step has this UID')
export const ended = () =>
  new StepRefusal(PROCESSING_FAILURE, 'The step has ended, it stays as it is', NO_LONGER_UPDATED)

/** Type 1 of an N-CREATE (PS3.4 Table F.7.2-1). */
const required = [
  'PerformedProcedureStepID',
  'PerformedStationAETitle',
  'PerformedProcedureStepStartDate',
  'PerformedProcedureStepStartTime',
  'PerformedProcedureStepStatus',
  'Modality',
] as const
/** Those whose change would make another step of it (PS3.4 Table F.7.2-1, N-SET "Not allowed"). */
const fixed = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'PerformedProcedureStepID',
  'PerformedStationAETitle',
  'PerformedProcedureStepStartDate',
  'PerformedProcedureStepStartTime',
  'Modality',
  'StudyID',
  'ScheduledStepAttributesSequence',
] as const

/** PS3.4 F.7.2.1.2. Throws StepRefusal. */
export function checkCreate(attributes: AttributeSet): void {
  for (const keyword of required) requireText(attributes, keyword)
  const status = textIn(attributes, 'PerformedProcedureStepStatus')
  if (status !== 'IN PROGRESS')
    throw new StepRefusal(INVALID_ATTRIBUTE_VALUE, 'A step begins with the status IN PROGRESS')
  const steps = itemsIn(attributes, 'ScheduledStepAttributesSequence')
  if (steps.length === 0)
    throw new StepRefusal(MISSING_ATTRIBUTE, 'ScheduledStepAttributesSequence (0040,0270) is missing')
  for (const step of steps) {
    requireText(step, 'StudyInstanceUID')
    if (!isAcceptableUID(textIn(step, 'StudyInstanceUID')))
      throw new StepRefusal(INVALID_ATTRIBUTE_VALUE, 'The Study Instance UID is none')
  }
}

function requireText(set: AttributeSet, keyword: string): void {
  if (!(keyword in set)) throw new StepRefusal(MISSING_ATTRIBUTE, `${keyword} is missing`)
  if (textIn(set, keyword) === '') throw new StepRefusal(MISSING_ATTRIBUTE_VALUE, `${keyword} has no value`)
}

/** PS3.4 F.7.2.2.2: what an N-SET makes of a step. Throws StepRefusal. */
export function changedStep(step: PerformedStep, changes: AttributeSet): PerformedStep {
  if (step.state !== 'IN PROGRESS') throw ended()
  for (const keyword of fixed) {
    if (keyword in changes && JSON.stringify(changes[keyword]) !== JSON.stringify(step.attributes[keyword]))
      throw new StepRefusal(INVALID_ATTRIBUTE_VALUE, `${keyword} cannot be changed any more`)
  }
  const attributes = { ...step.attributes, ...changes }
  const state = textIn(attributes, 'PerformedProcedureStepStatus')
  if (state !== 'IN PROGRESS' && state !== 'COMPLETED' && state !== 'DISCONTINUED')
    throw new StepRefusal(INVALID_ATTRIBUTE_VALUE, 'The status is none of IN PROGRESS, COMPLETED, DISCONTINUED')
  if (state !== 'IN PROGRESS') checkFinal(attributes, state)
  return { ...step, state, attributes }
}

/** PS3.4 Table F.7.2-1, "final state": of a discontinued step there may be no series, yet it says so. */
function checkFinal(attributes: AttributeSet, state: StepState): void {
  requireText(attributes, 'PerformedProcedureStepEndDate')
  requireText(attributes, 'PerformedProcedureStepEndTime')
  const series = itemsIn(attributes, 'PerformedSeriesSequence')
  if (state === 'COMPLETED' && series.length === 0)
    throw new StepRefusal(MISSING_ATTRIBUTE, 'A completed step has at least one series')
  for (const item of series) {
    requireText(item, 'SeriesInstanceUID')
    requireText(item, 'ProtocolName')
  }
}

/** UIDs of the images that a step says that it made. */
export function referencedInstances(attributes: AttributeSet): string[] {
  return itemsIn(attributes, 'PerformedSeriesSequence').flatMap((series) =>
    [
      ...itemsIn(series, 'ReferencedImageSequence'),
      ...itemsIn(series, 'ReferencedNonImageCompositeSOPInstanceSequence'),
    ].flatMap((reference) => {
      const uid = textIn(reference, 'ReferencedSOPInstanceUID')
      return isAcceptableUID(uid) ? [uid] : []
    }),
  )
}
