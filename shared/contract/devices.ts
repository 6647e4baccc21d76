import { z } from 'zod'
import { aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { command, query, stream } from './operation.ts'

const aeTitle = z.string().superRefine((value, context) => {
  const problem = aeTitleProblem(value)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

const words = z.string().trim().max(64, 'At most 64 characters.')

/** R071, R072: what calls us. */
export const deviceFields = z.object({
  aeTitle,
  /** A name, IPv4 or IPv6; '' = any. */
  address: z
    .string()
    .trim()
    .max(253, 'A host name has at most 253 characters.')
    .regex(/^[A-Za-z0-9._:%\-[\]]*$/, 'Only a name or an address: no spaces, no http://, no port. Empty for any.'),
  vendor: words,
  model: words,
  modality: z.string().trim().max(16, 'At most 16 characters.'),
  place: words,
  note: z.string().max(1024, 'At most 1024 characters.'),
  /** Further calling AE titles under which it is let in. */
  aliases: z.array(aeTitle).max(16, 'At most 16 aliases.'),
  /** Further called AE titles to which we answer it: the name of an older PACS, say. */
  calledAs: z.array(aeTitle).max(8, 'At most 8 names.'),
  /** R023: for which station requests are that its worklist shows, where that is not what it calls itself; '' = what it asks for. */
  scheduledAETitle: z.union([z.literal(''), aeTitle]).optional(),
  access: z.enum(['allow', 'deny']),
})
export type DeviceFields = z.infer<typeof deviceFields>

/** What was counted on one day, oldest first; the last one is today. */
export const DEVICE_DAYS = 14

const activity = z.object({
  lastSeenAt: z.number().nullable(),
  /** Seen within two hours, or connected now. */
  online: z.boolean(),
  lastImageAt: z.number().nullable(),
  /** Whose it was, and its study; '' and null when it is not here any more. */
  lastImageOf: z.string(),
  lastStudyId: z.number().int().nullable(),
  /** Images on each of the last days. */
  days: z.array(z.number().int()),
})

export const deviceRow = deviceFields.extend(activity.shape).extend({
  deviceId: z.number().int(),
  /** Counts the changes: who saves over another's change is told. */
  revision: z.number().int(),
  /** Of the site profile, which allows nobody to change it here. */
  locked: z.boolean().default(false),
})
export type DeviceRow = z.infer<typeof deviceRow>

/** Let in without an entry among the devices: a server, or anybody while everybody is let in. */
export const callerRow = activity.extend({ aeTitle: z.string(), address: z.string(), isServer: z.boolean() })
export type CallerRow = z.infer<typeof callerRow>

export const knockAdvice = z.object({
  /**
   * `alias`: nearly a name that we know. `called`: nearly our own. `other-called`: another name than ours altogether.
   * `swapped`: ours as its own. `address`: a known name from another address.
   */
  kind: z.enum(['alias', 'called', 'other-called', 'swapped', 'address']),
  title: z.string(),
  words: z.string(),
  said: z.string(),
  known: z.string(),
  saidAt: z.array(z.number().int()),
  knownAt: z.array(z.number().int()),
  /** The device that it probably is. */
  deviceId: z.number().int().nullable(),
})
export type KnockAdvice = z.infer<typeof knockAdvice>

/** Somebody who was refused, however often. No patient data. */
export const knock = z.object({
  knockId: z.string(),
  aeTitle: z.string(),
  address: z.string(),
  calledAETitle: z.string(),
  firstAt: z.number(),
  lastAt: z.number(),
  times: z.number().int(),
  /** SOP classes that it offered, the first ones. */
  offered: z.array(z.string()),
  /** Its AE title can be entered as it is. */
  canAllow: z.boolean(),
  /** It does not call us by our name. */
  callsOther: z.boolean(),
  advice: z.array(knockAdvice),
})
export type Knock = z.infer<typeof knock>

export const devicesView = z.object({
  devices: z.array(deviceRow),
  callers: z.array(callerRow),
  knocks: z.array(knock),
  /** How many refused callers are not shown because a person said so. */
  ignored: z.number().int(),
})
export type DevicesView = z.infer<typeof devicesView>

export const firewallState = z.enum(['open', 'off', 'no-rule', 'unknown'])

/** R053, R115, R116: can a device reach us? */
export const reach = z.object({
  checkedAt: z.number(),
  platform: z.enum(['windows', 'macos', 'linux', 'other']),
  aeTitle: z.string(),
  /** Null while nothing listens. */
  port: z.number().int().nullable(),
  tlsPort: z.number().int().nullable(),
  /** Path of the program that listens, for firewalls that allow programs. */
  program: z.string(),
  /** Of this machine; `listens`: a connection to it from here was taken. */
  addresses: z.array(
    z.object({ address: z.string(), interface: z.string(), prefix: z.number().int(), listens: z.boolean() }),
  ),
  /** `tool`: the system's own firewall that was found, as its commands are headed; '' where none was. */
  firewall: z.object({ state: firewallState, sentence: z.string(), tool: z.string() }),
  /** The last caller from another machine: what no rule proves better. */
  lastFromOutside: z.object({ aeTitle: z.string(), address: z.string(), at: z.number() }).nullable(),
})
export type Reach = z.infer<typeof reach>

/** R118: by caller, images on each day. */
export const deviceStatistics = z.object({
  /** 20261121, oldest first. */
  days: z.array(z.number().int()),
  rows: z.array(
    z.object({
      aeTitle: z.string(),
      address: z.string(),
      associations: z.number().int(),
      instances: z.number().int(),
      refused: z.number().int(),
      bytes: z.number(),
      days: z.array(z.number().int()),
    }),
  ),
})
export type DeviceStatistics = z.infer<typeof deviceStatistics>

/** R113: where a vendor's devices have the menu, as far as it can be said for all models. */
export const deviceGuide = z.object({
  vendor: z.string(),
  /** What people write for it, in small letters. */
  matches: z.array(z.string()),
  systems: z
    .array(
      z.object({
        name: z.string(),
        path: z.array(z.string()).min(1),
        note: z.string(),
        /** Of which it is; every one where it does not say. */
        modalities: z.array(z.string()).default([]),
        /** The vendor's document that says so; '' where none was at hand, which the sheet tells. */
        source: z.string().default(''),
      }),
    )
    .min(1),
  notes: z.array(z.string()),
})
export type DeviceGuide = z.infer<typeof deviceGuide>

const one = z.object({ deviceId: z.number().int() })
const knocked = z.object({ knockId: z.string().max(200) })

export const devices = {
  watch: stream({ input: z.object({}), output: devicesView, audit: 'none' }),
  add: command({ input: z.object({ fields: deviceFields }), output: deviceRow, audit: 'configure' }),
  update: command({
    input: one.extend({ revision: z.number().int(), fields: deviceFields }),
    output: deviceRow,
    audit: 'configure',
  }),
  delete: command({ input: one, output: z.object({}), audit: 'configure' }),
  /** Takes the last delete back. */
  restore: command({ input: one, output: deviceRow, audit: 'configure' }),
  /** Makes an entry of a refused caller, with the name by which it called us. */
  allow: command({ input: knocked, output: deviceRow, audit: 'configure' }),
  /** It is the device that the advice names: its name, or its address, is one of that device's from now on. */
  acceptAlias: command({ input: knocked.extend(one.shape), output: deviceRow, audit: 'configure' }),
  block: command({ input: knocked, output: deviceRow, audit: 'configure' }),
  /** Not shown any more while it goes on calling just so. */
  ignore: command({ input: knocked, output: z.object({}), audit: 'configure' }),
  reach: query({ input: z.object({}), output: reach, audit: 'none' }),
  statistics: query({
    input: z.object({ days: z.number().int().min(1).max(366) }),
    output: deviceStatistics,
    audit: 'none',
  }),
  guides: query({ input: z.object({}), output: z.array(deviceGuide), audit: 'none' }),
  showIgnored: command({ input: z.object({}), output: z.object({}), audit: 'configure' }),
}
