import { Check, Trash2 } from 'lucide-react'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/queryClient.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { showFailure } from '../../app/showFailure.ts'
import { showToast } from '../../ui/toast.ts'
import { quarantineKey } from './useQuarantine.ts'

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
