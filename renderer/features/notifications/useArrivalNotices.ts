import { Bell } from 'lucide-react'
import { useRef } from 'react'
import type { Notice } from '#shared/contract/notices.ts'
import { isWanted } from '#shared/notices/isWanted.ts'
import { client } from '../../api/client.ts'
import { useStream } from '../../api/useStream.ts'
import { readNoticePreferences, useNoticePreferences } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showToast } from '../../ui/toast.ts'
import { showStudiesOf } from '../studies/remote/showStudiesOf.ts'

const openNotices = (signal: AbortSignal) => client.notices.watch({}, { signal })

/**
 * R043: says what came in and what servers told of, in the page while somebody looks at it, by the system's notices while
 * nobody does. What was said before this window was opened is old.
 */
export function useArrivalNotices(): void {
  const known = useRef<ReadonlySet<string> | undefined>(undefined)
  // Followed here, and read when there is news: what was chosen a moment ago may not be drawn yet.
  useNoticePreferences()
  useStream(openNotices, (notices) => {
    const before = known.current
    known.current = new Set(notices.map(({ noticeId }) => noticeId))
    const wanted = readNoticePreferences()
    if (!before || !wanted) return
    const fresh = notices.filter((notice) => !before.has(notice.noticeId) && isWanted(notice, wanted, new Date()))
    for (const notice of fresh) say(notice)
  })
}

function say(notice: Notice): void {
  const { text, studyIds, source, serverId, noticeId } = notice
  const open = () => {
    const { openStudies, go } = useNavigation.getState()
    if (studyIds.length > 0) openStudies(studyIds)
    else if (serverId !== null) showStudiesOf(serverId)
    else go('studies')
  }
  if (document.visibilityState === 'visible') {
    // Over images nothing pops up.
    if (useNavigation.getState().page === 'viewer') return
    showToast({ icon: Bell, message: text, action: { label: studyIds.length > 0 ? 'Open' : 'Show', onAct: open } })
    return
  }
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  // The newest of a source takes the place of the one before: a device that sends for an hour leaves one notice.
  const said = new Notification('New images', { body: text, tag: source === '' ? noticeId : source })
  said.onclick = () => {
    window.focus()
    open()
    said.close()
  }
}
