import { Check, Trash2 } from 'lucide-react'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/queryClient.ts'
import { callQuery } from '../../api/useQueryOperation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { showFailure } from '../../app/showFailure.ts'
import { showToast } from '../../ui/toast.ts'
import { quarantineKey } from './useQuarantine.ts'

/** What is measured on the image that it would replace, as it stands now: the list may be seconds old. */
export async function measurementsAtStake(quarantineId: number): Promise<number> {
  try {
    const { rows } = await callQuery('quarantine', 'list', {})
    return rows.find((row) => row.quarantineId === quarantineId)?.measurements ?? 0
  } finally {
    void queryClient.invalidateQueries({ queryKey: quarantineKey })
  }
}

export async function acceptQuarantined(quarantineId: number): Promise<void> {
  try {
    await client.quarantine.accept({ quarantineId })
    showToast({
      icon: Check,
      tone: 'ok',
      message: 'It is in the archive now. The one that was there is in quarantine.',
    })
  } catch (error) {
    showFailure(error)
  }
  await queryClient.invalidateQueries({ queryKey: quarantineKey })
}

export async function deleteQuarantined(quarantineIds: number[]): Promise<void> {
  try {
    await client.quarantine.delete({ quarantineIds })
    showToast({ icon: Trash2, message: `${formatCount(quarantineIds.length, 'object')} deleted for good` })
  } catch (error) {
    showFailure(error)
  }
  await queryClient.invalidateQueries({ queryKey: quarantineKey })
}
