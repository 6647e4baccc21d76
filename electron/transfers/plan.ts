import { z } from 'zod'

/** What it takes to do a transfer again. The instances to send are its items. */
const plan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('send'), serverId: z.number().int() }),
  z.object({
    kind: z.literal('retrieve'),
    serverId: z.number().int(),
    studyInstanceUID: z.string(),
    seriesInstanceUIDs: z.array(z.string()).optional(),
    /** A part of it was here when it was asked for: that need not come again. */
    onlyMissing: z.boolean().optional(),
  }),
])
export type Plan = z.infer<typeof plan>

export function writePlan(value: Plan): string {
  return JSON.stringify(value)
}

export function readPlan(text: string): Plan | undefined {
  if (text === '') return undefined
  try {
    return plan.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Jobs of a lane go one after the other: those to one server, by direction. */
export function laneOf({ kind, serverId }: Plan): string {
  return `${kind} ${serverId}`
}
