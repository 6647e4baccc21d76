import type { RuleCondition, RuleFields } from '#shared/contract/rules.ts'
import type { ConditionTest } from '#shared/routing/condition.ts'

/** What people ask for most, in their words; everything else of the index goes by its keyword. */
export const namedFields: readonly { value: string; label: string }[] = [
  { value: 'CallingAETitle', label: 'Device (calling AE title)' },
  { value: 'CallingAddress', label: 'Address of the device' },
  { value: 'Modality', label: 'Modality' },
  { value: 'StudyDescription', label: 'Study description' },
  { value: 'SeriesDescription', label: 'Series description' },
  { value: 'BodyPartExamined', label: 'Body part' },
  { value: 'PatientSpeciesDescription', label: 'Species' },
  { value: 'PatientID', label: 'Patient ID' },
  { value: 'ReferringPhysicianName', label: 'Referring physician' },
  { value: 'InstitutionName', label: 'Institution' },
]

export const tests: readonly { value: ConditionTest; label: string }[] = [
  { value: 'is', label: 'is' },
  { value: 'is-not', label: 'is not' },
  { value: 'contains', label: 'contains' },
  { value: 'contains-not', label: 'does not contain' },
  { value: 'starts-with', label: 'begins with' },
  { value: 'one-of', label: 'is one of' },
  { value: 'at-least', label: 'is at least' },
  { value: 'at-most', label: 'is at most' },
  { value: 'empty', label: 'is empty' },
  { value: 'not-empty', label: 'is not empty' },
]

export function needsValue(test: ConditionTest): boolean {
  return test !== 'empty' && test !== 'not-empty'
}

export function fieldLabel(field: string): string {
  return namedFields.find(({ value }) => value === field)?.label ?? field
}

/** `Modality is CT, Species contains canine`. */
export function conditionsText(conditions: readonly RuleCondition[]): string {
  if (conditions.length === 0) return 'Everything that devices send'
  return conditions
    .map(({ field, test, value }) => {
      const verb = tests.find((one) => one.value === test)?.label ?? test
      return [fieldLabel(field).replace(/ \(.*\)/, ''), verb, needsValue(test) ? value || '(nothing)' : '']
        .join(' ')
        .trim()
    })
    .join(', ')
}

export function whenText({ when, quietMinutes }: Pick<RuleFields, 'when' | 'quietMinutes'>): string {
  if (when === 'received') return 'As soon as it is received'
  return `When complete: nothing more for ${quietMinutes} min`
}

/** Without the conditions that were begun and not filled in; what is wrong with the rest, if anything. */
export function problemOf(fields: RuleFields): string | undefined {
  if (fields.name.trim() === '') return 'Give the rule a name.'
  if (fields.serverIds.length === 0) return 'Choose where to send.'
  if (fields.conditions.some(({ test, value }) => needsValue(test) && value.trim() === ''))
    return 'Fill in each condition, or take it away.'
  return undefined
}

export const newRule: RuleFields = {
  name: '',
  when: 'completed',
  quietMinutes: 2,
  conditions: [],
  serverIds: [],
  priority: 'normal',
}
