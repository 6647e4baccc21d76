import { z } from 'zod'
import { CallRefusal } from '#electron/jsonServer/callRefusal.ts'

/** As lenient as devices are with leading zeros; no other sign. */
const uid = z.string().regex(/^[0-9][0-9.]{0,63}$/)

const shape = z.discriminatedUnion('level', [
  z.object({ level: z.literal('study'), studyInstanceUID: uid }),
  z.object({ level: z.literal('series'), studyInstanceUID: uid, seriesInstanceUID: uid }),
  z.object({ level: z.literal('instance'), studyInstanceUID: uid, sopInstanceUID: uid }),
])
/** R043: what is new there. Whatever else a sender writes is not kept. */
export type NotificationMessage = z.infer<typeof shape>

const FORM =
  '{"level":"study","studyInstanceUID":"1.2.3"}; level series also has seriesInstanceUID, level instance sopInstanceUID'

export function readMessage(body: Buffer): NotificationMessage {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new CallRefusal(400, `The body has to be JSON: ${FORM}.`)
  }
  const { data } = shape.safeParse(json)
  if (!data) throw new CallRefusal(400, `The body has to be ${FORM}. A UID has digits and dots, at most 64.`)
  return data
}

/** Says the same thing of the same object. */
export function keyOf(message: NotificationMessage): string {
  const { level, studyInstanceUID } = message
  if (level === 'study') return `study ${studyInstanceUID}`
  return level === 'series' ? `series ${message.seriesInstanceUID}` : `instance ${message.sopInstanceUID}`
}
