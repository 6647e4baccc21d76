import type { RuleCondition, RuleFields, RuleTrial } from '#shared/contract/rules.ts'
import type { ConditionTest } from '#shared/routing/condition.ts'

/** What people ask for most, in their words; everything else of the index goes by its keyword. */
export const namedFields: readonly { value: string; label: string }[] = [
  { value: 'CallingAETitle', label: 'Device (calling AE title)' },
  { value: 'CallingAddress', label: 'Address of the device' },
  { value: 'Modality', label: 'Modality' },
  { value: 'StudyDescription', label: 'Study description' },
  { value: 'SeriesDescription', label: 'Series description' },
  { value: 'ProtocolName', label: 'Protocol' },
  { value: 'BodyPartExamined', label: 'Body part' },
  { value: 'StationName', label: 'Station' },
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

/** `Protocol: Thorax or Abdomen, Species: nothing`: what the images say where a condition asks. */
export function becauseText(because: RuleTrial['studies'][number]['because']): string {
  return because
    .map(({ field, values }) => `${fieldLabel(field).replace(/ \(.*\)/, '')}: ${values.join(' or ') || 'nothing'}`)
    .join(', ')
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

export const actions: readonly { value: RuleFields['action']; label: string; help: string }[] = [
  { value: 'send', label: 'Send it on', help: '' },
  {
    value: 'priors',
    label: 'Retrieve earlier studies',
    help: 'Of the same patient ID, behind everything that a person asks for. What is here already does not come again.',
  },
  {
    value: 'notify',
    label: 'Say so',
    help: 'In the window and by the system, where notices are switched on under Settings. Without the patient’s name.',
  },
  {
    value: 'trash',
    label: 'Move it to the trash, once it is proved to be elsewhere',
    help: 'Only once each chosen server has proved to have every image that is here, and still has them when it is asked once more. The trash keeps it as long as Settings says.',
  },
]

/** `All CT to Northview`, `Old films from Northview`. */
export function actionText({ name, action }: Pick<RuleFields, 'name' | 'action'>, servers: string): string {
  if (action === 'notify') return `${name}: say so`
  if (action === 'trash') return `${name}: to the trash, proved by ${servers}`
  return action === 'priors' ? `${name}: earlier studies from ${servers}` : `${name} to ${servers}`
}

export function whenText({
  when,
  quietMinutes,
  timeOfDay,
}: Pick<RuleFields, 'when' | 'quietMinutes' | 'timeOfDay'>): string {
  if (when === 'received') return 'As soon as it is received'
  if (when === 'time') return `At ${timeOfDay}`
  if (when === 'ordered') return 'When an examination is requested'
  if (when === 'opened') return 'When a study is opened'
  return `When complete: nothing more for ${quietMinutes} min`
}

/** Without the conditions that were begun and not filled in; what is wrong with the rest, if anything. */
export function problemOf(fields: RuleFields): string | undefined {
  if (fields.name.trim() === '') return 'Give the rule a name.'
  if (fields.action !== 'notify' && fields.serverIds.length === 0)
    return fields.action === 'send' ? 'Choose where to send.' : 'Choose at least one server.'
  if (fields.conditions.some(({ test, value }) => needsValue(test) && value.trim() === ''))
    return 'Fill in each condition, or take it away.'
  return undefined
}

export const newRule: RuleFields = {
  name: '',
  action: 'send',
  timeOfDay: '21:00',
  priors: { count: 3, sameModality: true, sameBodyPart: false },
  when: 'completed',
  quietMinutes: 2,
  conditions: [],
  serverIds: [],
  priority: 'normal',
}
