import { z } from 'zod'
import { create } from 'zustand'

const KEY = 'negatoscope.notices'
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const shape = z.object({
  isOn: z.boolean(),
  /** No notice between these times; equal ones are never quiet. */
  quietFrom: time,
  quietTo: time,
  /** AE titles of devices, and names of servers, of which nothing is said. */
  muted: z.array(z.string().max(64)).max(500),
})
export type NoticeSettings = z.infer<typeof shape>

const OFF: NoticeSettings = { isOn: false, quietFrom: '20:00', quietTo: '20:00', muted: [] }

/** Of this window's browser: whoever sits here wants to hear, or not. */
export const useNoticeSettings = create<NoticeSettings>(() => kept())

function kept(): NoticeSettings {
  try {
    return shape.parse(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
  } catch {
    return OFF
  }
}

export function changeNotices(change: Partial<NoticeSettings>): void {
  const next = shape.safeParse({ ...useNoticeSettings.getState(), ...change })
  if (!next.success) return
  useNoticeSettings.setState(next.data)
  try {
    localStorage.setItem(KEY, JSON.stringify(next.data))
  } catch {
    // Without room to remember, it holds until the page is closed.
  }
}
