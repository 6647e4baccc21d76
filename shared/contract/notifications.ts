import { z } from 'zod'
import { command, stream } from './operation.ts'

/** R044 to R046: servers that tell us of what is new there. */
export const notificationsView = z.object({
  /** `closed`: no server is set to tell anything. */
  state: z.enum(['closed', 'open', 'failed']),
  port: z.number().int(),
  tls: z.boolean(),
  /** Why it is not open although a server is to tell us; '' while all is well. */
  problem: z.string(),
  /** Calls since the start whose secret was nobody's. */
  strangers: z.number().int(),
  servers: z.array(
    z.object({
      serverId: z.number().int(),
      hasSecret: z.boolean(),
      /** Since the start. */
      taken: z.number().int(),
      refused: z.number().int(),
      lastAt: z.number().nullable(),
    }),
  ),
})
export type NotificationsView = z.infer<typeof notificationsView>

const one = z.object({ serverId: z.number().int() })

export const notifications = {
  watch: stream({ input: z.object({}), output: notificationsView, audit: 'none' }),
  /** The one before is good no longer. It is given out once; its hash is kept. */
  makeSecret: command({ input: one, output: z.object({ secret: z.string() }), audit: 'configure' }),
  forgetSecret: command({ input: one, output: z.object({}), audit: 'configure' }),
}
