import { useQueryOperation } from '../../api/useQueryOperation.ts'
import css from './SettingsPage.module.css'

const hosts = { desktop: 'desktop program', headless: 'service in the background, shown in a browser' }

export function About() {
  const about = useQueryOperation('settings', 'about', {}).data
  return (
    <>
      <p className={css.strong}>Not for primary diagnosis.</p>
      {about && (
        <dl className={css.about}>
          <dt>Version</dt>
          <dd>Negatoscope {about.version}</dd>
          <dt>Runs as</dt>
          <dd>
            {hosts[about.host]}, Node {about.node}
          </dd>
          <dt>Licence</dt>
          <dd>{about.licence}</dd>
        </dl>
      )}
    </>
  )
}
