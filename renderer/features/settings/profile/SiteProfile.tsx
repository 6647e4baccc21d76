import { FileDown, FilePlus2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { DescribedProfile } from '#shared/contract/siteProfile.ts'
import { client } from '../../../api/client.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'
import { useSite } from '../../../api/workstation.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'
import { ExportProfileDialog } from './ExportProfileDialog.tsx'
import { FollowedProfile } from './FollowedProfile.tsx'
import { FollowProfileDialog } from './FollowProfileDialog.tsx'

/** One workstation is set up, and the others of the site follow it. */
export function SiteProfile() {
  const view = useSite()
  const input = useRef<HTMLInputElement>(null)
  const [isExporting, setExporting] = useState(false)
  const [chosen, setChosen] = useState<{ text: string; profile: DescribedProfile }>()
  const choose = async (file: File) => {
    const text = await file.text()
    const profile = await said(callQuery('site', 'look', { text }))
    if (profile) setChosen({ text, profile })
  }
  if (!view) return <Bars />
  return (
    <>
      {view.problem && (
        <p role="alert" className={settingsCss.missing}>
          {view.problem}
        </p>
      )}
      {view.followed ? (
        <FollowedProfile profile={view.followed} />
      ) : (
        <p className={settingsCss.help}>
          Servers, devices and settings of a site in one signed file: export it here, follow it on the other
          workstations. This one follows none.
        </p>
      )}
      <div className={settingsCss.row}>
        <Button icon={FilePlus2} onClick={() => input.current?.click()}>
          {view.followed ? 'Follow a newer one' : 'Follow a profile'}
        </Button>
        <Button icon={FileDown} onClick={() => setExporting(true)}>
          Export a profile
        </Button>
        {(view.followed || view.problem) && (
          <Button variant="plain" onClick={() => void said(client.site.leave({}))}>
            Leave the profile
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept=".json"
          aria-label="Site profile"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) void choose(file)
            event.target.value = ''
          }}
        />
      </div>
      {chosen && (
        <FollowProfileDialog
          {...chosen}
          isKnown={view.followed?.fingerprint === chosen.profile.fingerprint}
          onClose={() => setChosen(undefined)}
        />
      )}
      {isExporting && <ExportProfileDialog name={view.followed?.name ?? ''} onClose={() => setExporting(false)} />}
    </>
  )
}
