import { Bell } from 'lucide-react'
import { useEffect } from 'react'
import { followTransfers } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showToast } from '../../ui/toast.ts'
import { noticeOf } from './noticeOf.ts'
import { useNoticeSettings } from './noticeSettings.ts'

/** R043: says what came in, in the page while somebody looks at it, by the system's notices while nobody does. */
export function useArrivalNotices(): void {
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
