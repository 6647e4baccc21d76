import type { SiteFileView } from '#shared/contract/servers.ts'
import { formatCount } from '../../app/formatAmount.ts'
import css from './ProblemsDialog.module.css'
import { ProblemsDialog } from './ProblemsDialog.tsx'

/** Where the administrator's file lies, what of it holds and what does not; also as it is mended. */
export function SiteFileDialog({ site, onClose }: { site: SiteFileView; onClose(): void }) {
  const { file, found, servers, problems } = site
  return (
    <ProblemsDialog title="The administrator’s file" problems={problems} onClose={onClose}>
      <p className={`mono ${css.path}`} data-selectable>
        {file}
      </p>
      <p>
        {servers === 0
          ? 'None of its servers is'
          : `${formatCount(servers, 'server')} of it ${servers === 1 ? 'is' : 'are'}`}{' '}
        in the list. {found ? linesWords(problems.length) : 'When the file is mended it is read within seconds.'}
      </p>
    </ProblemsDialog>
  )
}

function linesWords(faults: number): string {
  if (faults === 0) return 'Every line is right.'
  return 'What stands below does not hold until the file is mended; this window follows it within seconds.'
}
