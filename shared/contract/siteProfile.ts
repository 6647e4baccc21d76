import { z } from 'zod'
import { deviceFields } from './devices.ts'
import { command, query, stream } from './operation.ts'
import { serverFields } from './servers.ts'
import { settingsShape } from './settings.ts'

/** What is the same on every workstation of a site. Names, ports, folders and looks belong to each one. */
export const profileSettings = settingsShape
  .pick({
    checkCalledAETitle: true,
    checkCallingAETitle: true,
    checkAddress: true,
    answerUnknownEcho: true,
    answerStorage: true,
    answerQueryRetrieve: true,
    answerStorageCommitment: true,
    answerWorklist: true,
    answerPerformedSteps: true,
    trashDays: true,
    minFreeMegabytes: true,
    onConflict: true,
    unknownClasses: true,
    maxPduLength: true,
    maxAssociations: true,
    dimseTimeoutSeconds: true,
    requestTimeoutSeconds: true,
    artimTimeoutSeconds: true,
    idleTimeoutSeconds: true,
    socketCloseDelayMs: true,
  })
  .partial()

/** The parts of a profile; also which of them cannot be changed on a workstation that follows it. */
export const profileParts = z.object({ servers: z.boolean(), devices: z.boolean(), settings: z.boolean() })
export type ProfileParts = z.infer<typeof profileParts>

const name = z.string().trim().min(1, 'Give the profile a name: the clinic, say.').max(64, 'At most 64 characters.')

export const siteProfile = z.object({
  name,
  /** ISO 8601, UTC. A workstation never goes back to an older profile of the same site. */
  issuedAt: z.iso.datetime(),
  servers: z.array(serverFields).max(2000),
  devices: z.array(deviceFields).max(2000),
  settings: profileSettings,
  locks: profileParts,
})
export type SiteProfile = z.infer<typeof siteProfile>

/** What is not as the profile says. `found` null: it is not there at all. */
const difference = z.object({
  kind: z.enum(['server', 'device', 'setting']),
  name: z.string(),
  values: z.array(z.object({ field: z.string(), wanted: z.string(), found: z.string() })),
  missing: z.boolean(),
  /** Why it cannot be put back here; '' where it can. */
  held: z.string(),
})
export type Difference = z.infer<typeof difference>

const described = z.object({
  name: z.string(),
  issuedAt: z.string(),
  /** SHA-256 of the signer's public key. */
  fingerprint: z.string(),
  servers: z.number().int(),
  devices: z.number().int(),
  settings: z.number().int(),
  locks: profileParts,
  differences: z.array(difference),
})
export type DescribedProfile = z.infer<typeof described>

const view = z.object({
  /** Null while this workstation follows none. */
  followed: described.nullable(),
  /** Why the file of the profile is not in force; '' when all is well. */
  problem: z.string(),
  /** By which profiles that were exported here are known; '' before the first one. */
  ownFingerprint: z.string(),
})
export type SiteProfileView = z.infer<typeof view>

const text = z.string().max(4_000_000, 'This file is larger than a site profile can be.')

export const site = {
  watch: stream({ input: z.object({}), output: view, audit: 'none' }),
  /** Signed by this workstation's own key, which is made when it is first needed. */
  export: command({
    input: z.object({ name, include: profileParts, locks: profileParts }),
    output: z.object({ text: z.string(), fingerprint: z.string() }),
    audit: 'configure',
  }),
  /** Reads a profile and changes nothing. */
  look: query({ input: z.object({ text }), output: described, audit: 'none' }),
  /** `fingerprint`: the signer that a person saw and agreed to. */
  follow: command({ input: z.object({ text, fingerprint: z.string() }), output: view, audit: 'configure' }),
  /** What differs becomes what the profile says. */
  putBack: command({ input: z.object({}), output: view, audit: 'configure' }),
  /** Values stay as they are; nothing is locked any more. */
  leave: command({ input: z.object({}), output: view, audit: 'configure' }),
}
