import { useConnection } from '../api/connection.ts'
import { useStatus } from '../api/workstation.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import { Logo } from './Logo.tsx'
import { useNavigation } from './navigation.ts'
import { pageEntries } from './pageEntries.ts'
import css from './Rail.module.css'

/** Badges only for what waits for a person, never for news. */
export function Rail() {
  const { page, go } = useNavigation()
  const isConnected = useConnection((state) => state.client !== undefined)
  const status = useStatus()
  const needsAttention = isConnected ? (status?.needsAttention ?? 0) : 0
  return (
    <nav className={css.rail} aria-label="Pages">
      <span className={css.logo}>
        <Logo />
      </span>
      {pageEntries.map(({ page: own, label, icon: Icon, key }) => {
        const badge = own === 'transfers' && needsAttention > 0 ? needsAttention : undefined
        return (
          <Tooltip key={own} text={label} keyHint={key} side="right">
            <button
              type="button"
              className={css.entry}
              data-page={own}
              aria-label={label}
              aria-description={badge ? `${badge} need attention` : undefined}
              aria-current={own === page ? 'page' : undefined}
              // Drawn by CSS: the count is in the description, and no part of the button's name.
              data-badge={badge && Math.min(badge, 99)}
              onClick={() => go(own)}
            >
              <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
            </button>
          </Tooltip>
        )
      })}
    </nav>
  )
}
