import { RETIRED_STORAGE_SOP_CLASSES, STORAGE_SOP_CLASSES } from './storageSopClasses.ts'

export const VERIFICATION = '1.2.840.10008.1.1'
export const STUDY_ROOT_FIND = '1.2.840.10008.5.1.4.1.2.2.1'
export const STUDY_ROOT_MOVE = '1.2.840.10008.5.1.4.1.2.2.2'
export const STUDY_ROOT_GET = '1.2.840.10008.5.1.4.1.2.2.3'
export const PATIENT_ROOT_FIND = '1.2.840.10008.5.1.4.1.2.1.1'
export const PATIENT_ROOT_MOVE = '1.2.840.10008.5.1.4.1.2.1.2'
export const PATIENT_ROOT_GET = '1.2.840.10008.5.1.4.1.2.1.3'
export const MODALITY_WORKLIST_FIND = '1.2.840.10008.5.1.4.31'
export const MODALITY_PERFORMED_PROCEDURE_STEP = '1.2.840.10008.3.1.2.3.3'
export const PERFORMED_PROCEDURE_STEP_RETRIEVE = '1.2.840.10008.3.1.2.3.4'
const STORAGE_COMMITMENT_PUSH_MODEL = '1.2.840.10008.1.20.1'
const MEDIA_STORAGE_DIRECTORY = '1.2.840.10008.1.3.10'

export const DIGITAL_XRAY_IMAGE_FOR_PRESENTATION = '1.2.840.10008.5.1.4.1.1.1.1'
export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2'
export const ULTRASOUND_MULTI_FRAME_IMAGE = '1.2.840.10008.5.1.4.1.1.3.1'
export const SECONDARY_CAPTURE_IMAGE = '1.2.840.10008.5.1.4.1.1.7'

const SERVICES: Readonly<Record<string, string>> = {
  [VERIFICATION]: 'Verification',
  [STUDY_ROOT_FIND]: 'Study Root Query/Retrieve - FIND',
  [STUDY_ROOT_MOVE]: 'Study Root Query/Retrieve - MOVE',
  [STUDY_ROOT_GET]: 'Study Root Query/Retrieve - GET',
  [PATIENT_ROOT_FIND]: 'Patient Root Query/Retrieve - FIND',
  [PATIENT_ROOT_MOVE]: 'Patient Root Query/Retrieve - MOVE',
  [PATIENT_ROOT_GET]: 'Patient Root Query/Retrieve - GET',
  [MODALITY_WORKLIST_FIND]: 'Modality Worklist - FIND',
  [MODALITY_PERFORMED_PROCEDURE_STEP]: 'Modality Performed Procedure Step',
  [PERFORMED_PROCEDURE_STEP_RETRIEVE]: 'Modality Performed Procedure Step Retrieve',
  [STORAGE_COMMITMENT_PUSH_MODEL]: 'Storage Commitment Push Model',
  [MEDIA_STORAGE_DIRECTORY]: 'Media Storage Directory',
}

/** Every class that we know and that is not storage. */
export const SERVICE_SOP_CLASS_UIDS: readonly string[] = Object.keys(SERVICES)

/** The name of PS3.6 Table A-1, or the UID itself where it is none of the standard's. */
export function sopClassName(uid: string): string {
  const retired = RETIRED_STORAGE_SOP_CLASSES[uid]
  return STORAGE_SOP_CLASSES[uid] ?? (retired === undefined ? (SERVICES[uid] ?? uid) : `${retired} (retired)`)
}

/** R129-R141, R153: every Storage SOP class of the standard, the retired ones too. */
export function isStorage(uid: string): boolean {
  return Object.hasOwn(STORAGE_SOP_CLASSES, uid) || Object.hasOwn(RETIRED_STORAGE_SOP_CLASSES, uid)
}

export function storageSOPClassUIDs(): string[] {
  return [...Object.keys(STORAGE_SOP_CLASSES), ...Object.keys(RETIRED_STORAGE_SOP_CLASSES)]
}
