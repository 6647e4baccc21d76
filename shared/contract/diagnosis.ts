import { z } from 'zod'
import { command, query, stream } from './operation.ts'
import { echoOutcome, serverFields } from './servers.ts'

/** In the order in which they are gone through: from this computer to the images. */
export const diagnosisStages = [
  'network',
  'name',
  'route',
  'ping',
  'port',
  'protocol',
  'tls',
  'rest',
  'association',
  'contexts',
  'echo',
  'find',
  'storage',
  'test-image',
  'retrieve',
] as const
export const diagnosisStage = z.enum(diagnosisStages)
export type DiagnosisStage = z.infer<typeof diagnosisStage>

const words = z.string().max(4000)

/** The same thing to be typed on each system. */
export const systemCommand = z.object({ purpose: words, windows: words, macos: words, linux: words })
export type SystemCommand = z.infer<typeof systemCommand>

export const advice = z.object({
  /** One sentence: what is wrong. */
  what: words,
  /** Who can put it right. */
  who: z.enum(['you', 'administrator', 'network']),
  /** One sentence: what they do. */
  how: words,
  /** What must be entered somewhere, exactly. */
  values: z.array(z.object({ label: words, value: words })).max(10),
  commands: z.array(systemCommand).max(10),
})
export type Advice = z.infer<typeof advice>

export const diagnosisStep = z.object({
  stage: diagnosisStage,
  title: words,
  /** `not-run`: not reached, or it does not apply; `detail` says which. */
  result: z.enum(['waiting', 'running', 'pass', 'warn', 'fail', 'not-run']),
  elapsedMs: z.number().nullable(),
  detail: words,
  advice: advice.nullable(),
})
export type DiagnosisStep = z.infer<typeof diagnosisStep>

export const verdict = z.enum(['pass', 'warn', 'fail'])

export const diagnosisRun = z.object({
  startedAt: z.number(),
  elapsedMs: z.number(),
  state: z.enum(['running', 'finished', 'cancelled']),
  /** The worst of the steps. */
  verdict,
  /** What it comes to, in a sentence or two; '' while it runs. */
  sentence: words,
  steps: z.array(diagnosisStep).max(diagnosisStages.length),
  /** Whom we called, and as whom. */
  called: z.object({ name: words, aeTitle: words, host: words, port: z.number().int(), tls: z.boolean() }),
  us: z.object({ aeTitle: words, address: words, port: z.number().int() }),
  security: echoOutcome.shape.security,
})
export type DiagnosisRun = z.infer<typeof diagnosisRun>

export const diagnosisOptions = z.object({
  /** Stores a marked image there and looks for it. */
  testImage: z.boolean(),
  /** Fetches one image, to see whether images find the way here. */
  rehearseRetrieve: z.boolean(),
  /** Looks whether the internet can be reached (R098); only when a person wants it. */
  internet: z.boolean().default(false),
})
export type DiagnosisOptions = z.infer<typeof diagnosisOptions>

export const symptom = z.enum([
  'cannot-ping',
  'port-closed',
  'echo-fails',
  'rejected',
  'not-appearing',
  'displays-wrongly',
])
export type Symptom = z.infer<typeof symptom>

/** One thing looked up in this program, for a symptom. */
export const finding = z.object({
  title: words,
  result: z.enum(['pass', 'warn', 'fail', 'not-run']),
  detail: words,
  /** What a person does about it; '' when nothing. */
  how: words,
  /** The page where more of it stands. */
  page: z.enum(['studies', 'transfers', 'servers', 'devices', 'settings', 'viewer']).nullable(),
})
export type Finding = z.infer<typeof finding>

const one = z.object({ serverId: z.number().int() })

export const diagnosis = {
  /** Goes through every stage; each item is the run as it stands. Leaving the stream stops it. */
  run: stream({
    input: one.extend({ fields: serverFields.optional(), options: diagnosisOptions }),
    output: diagnosisRun,
    audit: 'network',
  }),
  /** Every server of the list, some at a time, as far as the query or a retrieve rehearsal: nothing is stored there. */
  runAll: stream({
    input: z.object({ rehearseRetrieve: z.boolean().default(false) }),
    output: z.object({
      total: z.number().int(),
      done: z.number().int(),
      rows: z.array(one.extend({ name: words, verdict, sentence: words })),
    }),
    audit: 'network',
  }),
  /** Newest first. */
  history: query({ input: one, output: z.array(diagnosisRun), audit: 'none' }),
  clearHistory: command({ input: one, output: z.object({}), audit: 'configure' }),
  /** What this program knows about a complaint of a device or about a server. */
  evidence: query({
    input: z.object({ symptom, aeTitle: z.string().max(16), serverId: z.number().int().nullable() }),
    output: z.array(finding),
    audit: 'none',
  }),
  /** Versions, addresses, settings, servers and the last tests: for support, without anything of a patient's. */
  supportBundle: query({ input: z.object({}), output: z.object({ text: z.string() }), audit: 'none' }),
}
