import { ApiError } from '#shared/contract/errors.ts'
import { showToast } from '../../../ui/toast.ts'

/** What went wrong is said bottom left; then there is no result. */
export async function said<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work
  } catch (error) {
    showToast({ tone: 'bad', message: error instanceof ApiError ? error.message : 'This did not work. Try again.' })
    return undefined
  }
}
