import { ApiError } from '#shared/contract/errors.ts'
import type { NoticePreferences } from '#shared/contract/notices.ts'
import { client } from '../../api/client.ts'
import { showToast } from '../../ui/toast.ts'

export async function changeNotices(change: Partial<NoticePreferences>): Promise<void> {
  try {
    await client.notices.prefer(change)
  } catch (error) {
    showToast({ tone: 'bad', message: error instanceof ApiError ? error.message : 'This could not be set. Try again.' })
  }
}
