import { Bell } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { client } from '../../api/client.ts'
import { useStream } from '../../api/useStream.ts'
import { followTransfers } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showToast } from '../../ui/toast.ts'
import { isQuiet, noticeOf } from './noticeOf.ts'
import { useNoticeSettings } from './noticeSettings.ts'

/** R043: says what came in, in the page while somebody looks at it, by the system's notices while nobody does. */
export function useArrivalNotices(): void {
  useRuleNotices()
  useEffect(() => {
    let known: ReadonlySet<string> | undefined
    return followTransfers((rows) => {
      const ended = rows.filter(({ endedAt }) => endedAt !== null)
      const fresh = ended.filter(({ transferId }) => known && !known.has(transferId))
      known = new Set(ended.map(({ transferId }) => transferId))
      for (const row of fresh) {
        const text = noticeOf(row, useNoticeSettings.getState(), new Date())
        if (text) say(text, row.transferId, row.studyIds)
      }
    })
  }, [])
}

const openNotices = (signal: AbortSignal) => client.notices.watch({}, { signal })

/** What the workstation itself has to say: rules that tell. What was said before this window was opened is old. */
function useRuleNotices(): void {
  const known = useRef<ReadonlySet<string> | undefined>(undefined)
  useStream(openNotices, (notices) => {
    const before = known.current
    known.current = new Set(notices.map(({ noticeId }) => noticeId))
    const settings = useNoticeSettings.getState()
    if (!before || !settings.isOn || isQuiet(settings, new Date())) return
    for (const { noticeId, text, studyIds } of notices) if (!before.has(noticeId)) say(text, noticeId, studyIds)
  })
}

function say(text: string, transferId: string, studyIds: number[]): void {
  const open = () => {
    const { openStudies, showTransfer } = useNavigation.getState()
    if (studyIds.length > 0) openStudies(studyIds)
    else showTransfer(transferId)
  }
  if (document.visibilityState === 'visible') {
    // Over images nothing pops up.
    if (useNavigation.getState().page === 'viewer') return
    showToast({ icon: Bell, message: `${text} came in`, action: { label: 'Open', onAct: open } })
    return
  }
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const notice = new Notification('New images', { body: text, tag: transferId })
  notice.onclick = () => {
    window.focus()
    open()
    notice.close()
  }
}
