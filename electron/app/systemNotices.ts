import type { NoticePreferencesStore } from '#electron/notices/noticePreferences.ts'
import type { Notices } from '#electron/notices/notices.ts'
import { isWanted } from '#shared/notices/isWanted.ts'

export interface SystemNoticeParts {
  notices: Pick<Notices, 'recent' | 'onChange'>
  preferences: Pick<NoticePreferencesStore, 'current'>
  /** Then its page says it. */
  hasWindow(): boolean
  say(text: string): void
}

/** R043: what came in is said by the system while there is no window. Returns how to stop. */
export function tellBySystem({ notices, preferences, hasWindow, say }: SystemNoticeParts): () => void {
  let known = new Set(notices.recent().map(({ noticeId }) => noticeId))
  return notices.onChange(() => {
    const recent = notices.recent()
    const fresh = recent.filter(({ noticeId }) => !known.has(noticeId))
    known = new Set(recent.map(({ noticeId }) => noticeId))
    if (hasWindow()) return
    for (const notice of fresh) if (isWanted(notice, preferences.current(), new Date())) say(notice.text)
  })
}
