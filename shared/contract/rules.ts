import { z } from 'zod'
import { conditionTest } from '#shared/routing/condition.ts'
import { command, query, stream } from './operation.ts'
import { priority } from './transfers.ts'

export const ruleCondition = z.object({
  /** `CallingAETitle` and `CallingAddress` of who sent it, or a keyword (PS3.6) of the index. */
  field: z.string().regex(/^[A-Za-z0-9]{1,64}$/, 'This is no field.'),
  test: conditionTest,
  value: z.string().max(256, 'At most 256 characters.'),
})
export type RuleCondition = z.infer<typeof ruleCondition>

/** Earlier studies of the patient that a rule fetches: the newest, as many as `count`. */
const priors = z.object({
  count: z.number().int().min(1, 'At least 1.').max(20, 'At most 20.'),
  sameModality: z.boolean(),
  sameBodyPart: z.boolean(),
})

const ruleShape = z.object({
  name: z.string().trim().min(1, 'Give the rule a name.').max(64, 'At most 64 characters.'),
  /**
   * `send`: on to the servers. `priors`: earlier studies come from them. `notify`: whoever has this workstation open is
   * told. `trash`: the study goes to the trash once each of the servers has proved to have all of it.
   */
  action: z.enum(['send', 'priors', 'notify', 'trash']).default('send'),
  /**
   * `received`: as soon as a device stops sending; `completed`: once nothing more came for so long; `time`: at that time
   * of the day; `ordered`: an examination is requested; `opened`: a person opens a study.
   */
  when: z.enum(['received', 'completed', 'time', 'ordered', 'opened']),
  timeOfDay: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time as 21:30.')
    .default('21:00'),
  quietMinutes: z.number().int().min(1, 'At least 1 minute.').max(1440, 'At most 1440 minutes, a day.'),
  /** All of them must hold; an image without conditions always goes. */
  conditions: z.array(ruleCondition).max(20, 'At most 20 conditions.'),
  serverIds: z.array(z.number().int()).max(20),
  priority,
  priors: priors.default({ count: 3, sameModality: true, sameBodyPart: false }),
})
export const ruleFields = ruleShape.superRefine(({ action, when, serverIds }, context) => {
  if (action !== 'notify' && serverIds.length === 0)
    context.addIssue({ code: 'custom', path: ['serverIds'], message: 'Choose at least one server.' })
  if (action !== 'priors' && (when === 'ordered' || when === 'opened'))
    context.addIssue({ code: 'custom', path: ['when'], message: 'Only earlier studies are fetched then.' })
})
export type RuleFields = z.infer<typeof ruleFields>

/** As it is kept: rules of an earlier version lack what came later. */
export const storedRule = ruleShape.extend({ ruleId: z.number().int(), isOn: z.boolean() })

export const ruleRow = ruleShape.extend({
  ruleId: z.number().int(),
  isOn: z.boolean(),
  /** When it last sent something, and how many images in all. */
  lastFiredAt: z.number().nullable(),
  fired: z.number().int(),
})
export type RuleRow = z.infer<typeof ruleRow>

export const ruleTrial = z.object({
  /** Studies looked at: the newest that devices sent. */
  looked: z.number().int(),
  matched: z.number().int(),
  images: z.number().int(),
  studies: z.array(
    z.object({
      studyId: z.number().int(),
      title: z.string(),
      description: z.string(),
      modalities: z.string(),
      from: z.string(),
      images: z.number().int(),
      /** What the images say in each field that a condition names; no more values than one reads at a glance. */
      because: z.array(z.object({ field: z.string(), values: z.array(z.string()) })),
    }),
  ),
})
export type RuleTrial = z.infer<typeof ruleTrial>

export const ruleFiring = z.object({
  firingId: z.number().int(),
  ruleId: z.number().int(),
  ruleName: z.string(),
  at: z.number(),
  title: z.string(),
  serverName: z.string(),
  images: z.number().int(),
  /** '' where nothing was sent. */
  transferId: z.string(),
  /** What was done beside sending, or why nothing was. */
  note: z.string(),
})
export type RuleFiring = z.infer<typeof ruleFiring>

const one = z.object({ ruleId: z.number().int() })

/** What happens by itself: when, to which images, and what. */
export const rules = {
  /** The whole list, again after each change. */
  watch: stream({ input: z.object({}), output: z.array(ruleRow), audit: 'none' }),
  /** Keywords that a condition may name. */
  fields: query({ input: z.object({}), output: z.array(z.string()), audit: 'none' }),
  /** Switched off; a rule is looked at with `try` before it is switched on. */
  add: command({ input: z.object({ fields: ruleFields }), output: one, audit: 'configure' }),
  update: command({ input: one.extend({ fields: ruleFields }), output: z.object({}), audit: 'configure' }),
  delete: command({ input: one, output: z.object({}), audit: 'configure' }),
  /** From now on: nothing that is here already is sent. */
  switch: command({ input: one.extend({ isOn: z.boolean() }), output: z.object({}), audit: 'configure' }),
  /** What of the newest studies it would have sent. Nothing is sent. */
  try: query({
    input: z.object({ conditions: z.array(ruleCondition).max(20), serverIds: z.array(z.number().int()).max(20) }),
    output: ruleTrial,
    audit: 'read-patient-data',
  }),
  /** What rules did, newest first. */
  firings: query({ input: z.object({}), output: z.array(ruleFiring), audit: 'read-patient-data' }),
}
