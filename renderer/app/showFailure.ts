import { CircleX } from 'lucide-react'
import { ApiError } from '#shared/contract/errors.ts'
import { showToast } from '../ui/toast.ts'

/** A command that a person gave did not work: the sentence of the error says what to do. Being stopped is no failure. */
export function showFailure(error: unknown): void {
  if (error instanceof ApiError && error.code === 'cancelled') return
  const message = error instanceof Error ? error.message : String(error)
  showToast({ message, icon: CircleX, tone: 'bad' })
}
