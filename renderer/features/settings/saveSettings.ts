import { ApiError } from '#shared/contract/errors.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { client } from '../../api/client.ts'
import { showToast } from '../../ui/toast.ts'

/** Settings act at once; what could not be set is said, and the old value comes back. */
export async function save(patch: Partial<Settings>): Promise<boolean> {
  try {
    await client.settings.update(patch)
    return true
  } catch (error) {
    showToast({
      tone: 'bad',
      message: error instanceof ApiError ? error.message : 'This could not be set. Try again.',
    })
    return false
  }
}
