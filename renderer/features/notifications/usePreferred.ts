import { useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import type { NoticePreferences } from '#shared/contract/notices.ts'
import { client } from '../../api/client.ts'
import { useNoticePreferences } from '../../api/workstation.ts'
import { showToast } from '../../ui/toast.ts'

/** Shows what a person chose at once; what could not be set goes back to what is. */
export function usePreferred(): [NoticePreferences | undefined, (change: Partial<NoticePreferences>) => Promise<void>] {
  const kept = useNoticePreferences()
  const [asked, setAsked] = useState<{ of: NoticePreferences | undefined; change: Partial<NoticePreferences> }>()
  const waits = asked?.of === kept ? asked?.change : undefined
  const change = async (next: Partial<NoticePreferences>) => {
    setAsked({ of: kept, change: { ...waits, ...next } })
    try {
      await client.notices.prefer(next)
    } catch (error) {
      setAsked(undefined)
      const message = error instanceof ApiError ? error.message : 'This could not be set. Try again.'
      showToast({ tone: 'bad', message })
    }
  }
  return [kept && { ...kept, ...waits }, change]
}
