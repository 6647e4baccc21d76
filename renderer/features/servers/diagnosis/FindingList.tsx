import type { Finding } from '#shared/contract/diagnosis.ts'
import { type Page, useNavigation } from '../../../app/navigation.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import css from './FindingList.module.css'

interface FindingListProps {
  findings: readonly Finding[] | undefined
  problem: string | undefined
  /** Before another page is opened. */
  onGo(): void
}

const pageNames: Record<NonNullable<Finding['page']>, string> = {
  studies: 'Open Studies',
  transfers: 'Open Transfers',
  servers: 'Open Servers',
  devices: 'Open Devices',
  settings: 'Open Settings',
  viewer: 'Open the viewer',
}

export function FindingList({ findings, problem, onGo }: FindingListProps) {
  const go = useNavigation((state) => state.go)
  if (problem) return <p role="alert">{problem}</p>
  if (!findings) return <Bars />
  const open = (page: Page) => {
    onGo()
    go(page)
  }
  return (
    <ul className={css.findings} aria-label="What is known">
      {findings.map(({ title, result, detail, how, page }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity, and come as one list
        <li key={index} className={css.finding} data-result={result}>
          <StatusWord status={result === 'not-run' ? 'none' : result}>
            {result === 'not-run' ? <span className="visuallyHidden">not looked at</span> : undefined}
          </StatusWord>
          <div className={css.text} data-selectable>
            <span className={css.title}>{title}</span> <span className={css.detail}>{detail}</span>
            {how !== '' && result !== 'pass' && <p className={css.how}>{how}</p>}
            {page && page !== 'servers' && result !== 'pass' && (
              <Button size="small" variant="plain" onClick={() => open(page)}>
                {pageNames[page]}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
