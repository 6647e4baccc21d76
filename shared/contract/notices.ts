import { z } from 'zod'
import { stream } from './operation.ts'

export const notice = z.object({
  noticeId: z.string(),
  at: z.number(),
  /** A sentence without anything of a patient's. */
  text: z.string(),
  /** What it speaks of, where it is here. */
  studyIds: z.array(z.number().int()),
})
export type Notice = z.infer<typeof notice>

export const notices = {
  /** The latest of them, again whenever one is added. */
  watch: stream({ input: z.object({}), output: z.array(notice), audit: 'none' }),
}
