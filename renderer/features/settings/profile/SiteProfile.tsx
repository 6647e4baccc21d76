import { FileDown, FilePlus2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { DescribedProfile } from '#shared/contract/siteProfile.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'
import { useSite } from '../../../api/workstation.ts'
import { readTextFile } from '../../../app/readTextFile.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'
import { ExportProfileDialog } from './ExportProfileDialog.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { FollowedProfile } from './FollowedProfile.tsx'
import { FollowProfileDialog } from './FollowProfileDialog.tsx'
import { LeaveProfileDialog } from './LeaveProfileDialog.tsx'

/** The contract takes no more. */
const MOST_BYTES = 4_000_000

/** One workstation is set up, and the others of the site follow it. */
export function SiteProfile() {
  const view = useSite()
  const input = useRef<HTMLInputElement>(null)
  const [isExporting, setExporting] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const [chosen, setChosen] = useState<{ text: string; profile: DescribedProfile }>()
  const choose = async (file: File) => {
    const text = await said(readTextFile(file, 'a site profile', MOST_BYTES))
    const profile = text === undefined ? undefined : await said(callQuery('site', 'look', { text }))
    if (text !== undefined && profile) setChosen({ text, profile })
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
          <Button variant="plain" onClick={() => setLeaving(true)}>
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
      {view.ownFingerprint !== '' && (
        <div className={settingsCss.help}>
          Profiles that are exported here carry this fingerprint; whoever follows one compares it.
          <Fingerprint value={view.ownFingerprint} />
        </div>
      )}
      {isLeaving && (
        <LeaveProfileDialog name={view.followed?.name ?? 'the profile'} onClose={() => setLeaving(false)} />
      )}
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
