import type { Status } from '#shared/contract/settings.ts'
import { useConnection } from '../api/connection.ts'
import { useStatus } from '../api/workstation.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import { Logo } from './Logo.tsx'
import { type Page, useNavigation } from './navigation.ts'
import { pageEntries } from './pageEntries.ts'
import css from './Rail.module.css'

/** Badges only for what waits for a person, never for news. */
export function Rail() {
  const { page, go } = useNavigation()
  const isConnected = useConnection((state) => state.client !== undefined)
  const status = useStatus()
  const waiting = (own: Page) => (isConnected && status ? waitingOn(own, status) : 0)
  return (
    <nav className={css.rail} aria-label="Pages">
      <span className={css.logo}>
        <Logo />
      </span>
      {pageEntries.map(({ page: own, label, icon: Icon, key }) => {
        const badge = waiting(own) || undefined
        return (
          <Tooltip key={own} text={label} keyHint={key} side="right">
            <button
              type="button"
              className={css.entry}
              data-page={own}
              aria-label={label}
              aria-description={badge ? waitingWords(own, badge) : undefined}
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

function waitingOn(page: Page, { needsAttention, deskAttention, knocks }: Status): number {
  if (page === 'frontdesk') return deskAttention
  if (page === 'transfers') return needsAttention
  return page === 'devices' ? knocks : 0
}

function waitingWords(page: Page, count: number): string {
  if (page === 'devices') return `${count} refused, waiting for you`
  return count === 1 ? '1 needs attention' : `${count} need attention`
}
