import { CircleX } from 'lucide-react'
import { useEffect } from 'react'
import { followTransfers } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { showToast } from '../../ui/toast.ts'

/** Somebody who was refused just now is said at once: the technician still stands at the device. */
export function useKnockNews(): void {
  useEffect(() => {
    let known: ReadonlySet<string> | undefined
    return followTransfers((rows) => {
      const refused = rows.filter(({ kind, state }) => kind === 'receive' && state === 'refused')
      const fresh = known && refused.find(({ transferId }) => !known?.has(transferId))
      known = new Set(refused.map(({ transferId }) => transferId))
      const { page, go } = useNavigation.getState()
      // Over images nothing pops up, and on its own page the row is news enough.
      if (!fresh || page === 'viewer' || page === 'transfers' || page === 'devices') return
      showToast({
        message: `${fresh.peer} wanted to send and was refused.`,
        icon: CircleX,
        tone: 'warn',
        action: { label: 'Show', onAct: () => go('devices') },
      })
    })
  }, [])
}
