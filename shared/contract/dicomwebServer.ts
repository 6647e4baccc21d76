import { z } from 'zod'
import { command, query, stream } from './operation.ts'

/** One request to our DICOMweb server: never an address, a name or a UID of what was asked for. */
export const webRequestRow = z.object({
  id: z.number().int(),
  at: z.number(),
  ms: z.number().int(),
  address: z.string(),
  /** '' where nobody is asked. */
  user: z.string(),
  /** `Search studies`. */
  what: z.string(),
  /** Of HTTP; 0 where no answer was sent. */
  status: z.number().int(),
  bytes: z.number(),
  /** Why it was refused or broke off; '' when it was not. */
  sentence: z.string(),
})
export type WebRequestRow = z.infer<typeof webRequestRow>

export const dicomwebServerView = z.object({
  state: z.enum(['off', 'listening', 'failed']),
  /** Why it is not open although it is switched on; '' when all is well. */
  sentence: z.string(),
  /** What others enter, best first: `https://10.0.0.4:8044/dicom-web`. Empty while nothing listens. */
  urls: z.array(z.string()),
  users: z.array(z.object({ name: z.string(), fixed: z.boolean() })),
  total: z.number().int(),
  refused: z.number().int(),
  /** The latest first. */
  requests: z.array(webRequestRow),
})
export type DicomwebServerView = z.infer<typeof dicomwebServerView>

const userName = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(64, 'At most 64 characters.')
  .regex(/^[^:\p{C}]*$/u, 'A name has no colon.')

export const PASSWORD_MIN = 8

export const dicomwebServer = {
  watch: stream({ input: z.object({}), output: dicomwebServerView, audit: 'none' }),
  /** Adds a user, or gives one another password. */
  saveUser: command({
    input: z.object({
      name: userName,
      password: z
        .string()
        .min(PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`)
        .max(256, 'At most 256 characters.'),
    }),
    output: z.object({}),
    audit: 'configure',
  }),
  removeUser: command({ input: z.object({ name: z.string().max(64) }), output: z.object({}), audit: 'configure' }),
  /** A study of this archive, for an example that works; '' where there is none. */
  example: query({ input: z.object({}), output: z.object({ studyInstanceUID: z.string() }), audit: 'none' }),
}
