import { z } from 'zod'
import { command, stream } from './operation.ts'

/** R043: what it brought that was not here, or there, before: a study, more series of a known one, more images of known series. */
export const newness = z.enum(['study', 'series', 'instance'])
export type Newness = z.infer<typeof newness>

export const notice = z.object({
  noticeId: z.string(),
  at: z.number(),
  /** A sentence without anything of a patient's. */
  text: z.string(),
  /** What it speaks of, where it is here. */
  studyIds: z.array(z.number().int()),
  /** AE title of the device or name of the server; '' where a rule speaks. */
  source: z.string(),
  /** null: a rule speaks, and is heard whatever is chosen for its source. */
  level: newness.nullable(),
  /** The server that told of it: the images are there. */
  serverId: z.number().int().nullable(),
})
export type Notice = z.infer<typeof notice>

/** From when on one is told. `instance`: of everything that came. */
export const heard = z.enum(['nothing', 'study', 'series', 'instance'])
export type Heard = z.infer<typeof heard>

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time is two digits, a colon and two digits.')
/** Longer than an AE title, as long as a server's name. */
const source = z.string().min(1).max(64)

export const noticePreferences = z.object({
  isOn: z.boolean(),
  /** Nothing is said between these times; equal ones are never quiet. */
  quietFrom: time,
  quietTo: time,
  /** Of every source that has no choice of its own. */
  usual: heard,
  /** AE titles of devices and names of servers. */
  sources: z.record(source, heard).refine((all) => Object.keys(all).length <= 2000, 'At most 2,000 sources.'),
})
export type NoticePreferences = z.infer<typeof noticePreferences>

export const notices = {
  /** The latest of them, again whenever one is added. */
  watch: stream({ input: z.object({}), output: z.array(notice), audit: 'none' }),
  preferences: stream({ input: z.object({}), output: noticePreferences, audit: 'none' }),
  prefer: command({ input: noticePreferences.partial(), output: noticePreferences, audit: 'configure' }),
}
