import { type DeviceFields, deviceFields } from '#shared/contract/devices.ts'

/** The form's own shape: lists are one line, separated by commas. */
export interface DeviceDraft extends Omit<DeviceFields, 'aliases' | 'calledAs' | 'scheduledAETitle'> {
  aliases: string
  calledAs: string
  scheduledAETitle: string
}
export type DraftField = keyof DeviceDraft

export const EMPTY_DEVICE: DeviceFields = {
  ...{ aeTitle: '', address: '', vendor: '', model: '', modality: '', place: '', note: '' },
  ...{ aliases: [], calledAs: [], access: 'allow' },
}

export function draftOf(fields: DeviceFields): DeviceDraft {
  const { aliases, calledAs, scheduledAETitle = '' } = fields
  return { ...fields, aliases: aliases.join(', '), calledAs: calledAs.join(', '), scheduledAETitle }
}

/** An AE title may hold blanks, so only the comma separates. */
function titles(line: string): string[] {
  const all = line.split(',').map((title) => title.trim())
  return [...new Set(all.filter((title) => title !== ''))]
}

/** The draft as the contract takes it, or what is wrong with each field in its own words. */
export function readDraft(draft: DeviceDraft): {
  fields: DeviceFields | undefined
  problems: Partial<Record<DraftField, string>>
} {
  const parsed = deviceFields.safeParse({
    ...draft,
    aeTitle: draft.aeTitle.trim(),
    aliases: titles(draft.aliases),
    calledAs: titles(draft.calledAs),
    scheduledAETitle: draft.scheduledAETitle.trim() || undefined,
  })
  const problems: Partial<Record<DraftField, string>> = {}
  for (const { path, message } of parsed.error?.issues ?? []) problems[path[0] as DraftField] ??= message
  return { fields: parsed.data, problems }
}

/** What clinics have, by the defined terms of Modality (PS3.3 C.7.3.1.1.1). */
export const MODALITIES = [
  { value: '', label: 'Not said' },
  { value: 'CR', label: 'CR, plates' },
  { value: 'DX', label: 'DX, digital X-ray' },
  { value: 'CT', label: 'CT' },
  { value: 'MR', label: 'MR' },
  { value: 'US', label: 'US, ultrasound' },
  { value: 'ES', label: 'ES, endoscopy' },
  { value: 'IO', label: 'IO, dental sensor' },
  { value: 'PX', label: 'PX, panoramic' },
  { value: 'MG', label: 'MG, mammography' },
  { value: 'RF', label: 'RF, fluoroscopy' },
  { value: 'XA', label: 'XA, angiography' },
  { value: 'NM', label: 'NM' },
  { value: 'PT', label: 'PT, PET' },
  { value: 'XC', label: 'XC, photographs' },
  { value: 'OT', label: 'OT, other' },
] as const
