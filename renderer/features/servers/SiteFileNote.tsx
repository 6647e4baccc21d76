import { TriangleAlert } from 'lucide-react'
import type { SiteFileView } from '#shared/contract/servers.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import css from './ServerList.module.css'

/** What is wrong in the administrator's file stands where its servers do: nobody looks for it in a menu. */
export function SiteFileNote({ site, onShow }: { site: SiteFileView; onShow(): void }) {
  return (
    <div className={css.siteNote} role="status">
      <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
      <span>{siteFileWords(site)}</span>
      <Button size="small" variant="plain" onClick={onShow}>
        Show
      </Button>
    </div>
  )
}

function siteFileWords({ found, problems }: SiteFileView): string {
  if (!found) return 'The administrator’s file cannot be used.'
  return `${formatCount(problems.length, 'fault')} in the administrator’s file.`
}
