import { useState } from 'react'
import type { DescribedProfile } from '#shared/contract/siteProfile.ts'
import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { showToast } from '../../../ui/toast.ts'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'
import { Differences } from './Differences.tsx'
import { ProfileFacts } from './ProfileFacts.tsx'

interface FollowProfileDialogProps {
  text: string
  profile: DescribedProfile
  /** Signed by whom we follow already. */
  isKnown: boolean
  onClose(): void
}

/** What would change, before it does; and whether the right one signed it. */
export function FollowProfileDialog({ text, profile, isKnown, onClose }: FollowProfileDialogProps) {
  const [isBusy, setBusy] = useState(false)
  const { name, fingerprint, differences } = profile
  const follow = async () => {
    setBusy(true)
    const view = await said(client.site.follow({ text, fingerprint }))
    setBusy(false)
    if (!view) return
    showToast({ tone: 'ok', message: `This workstation follows ${name}.` })
    onClose()
  }
  return (
    <Dialog
      title={`Follow ${name}?`}
      width={720}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button variant="plain" data-focus-first onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={isBusy} aria-busy={isBusy} onClick={() => void follow()}>
            Follow it
          </Button>
        </>
      }
    >
      <div className={settingsCss.section}>
        <ProfileFacts profile={profile} />
        <p className="secondary">
          {isKnown
            ? 'It is signed by the same key as the profile that is followed now.'
            : 'Compare the fingerprint with the one that was shown where the profile was exported. If it is another, somebody else made this file.'}
        </p>
        {differences.length === 0 ? (
          <p>All is as the profile says already; nothing changes.</p>
        ) : (
          <>
            <p>This becomes as the profile says:</p>
            <Differences differences={differences} />
          </>
        )}
      </div>
    </Dialog>
  )
}
