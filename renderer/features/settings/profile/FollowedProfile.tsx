import type { DescribedProfile } from '#shared/contract/siteProfile.ts'
import { client } from '../../../api/client.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Button } from '../../../ui/Button.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { showToast } from '../../../ui/toast.ts'
import { said } from '../certificates/said.ts'
import settingsCss from '../SettingsPage.module.css'
import { Differences } from './Differences.tsx'
import { ProfileFacts } from './ProfileFacts.tsx'

/** What is followed, and what here is not as it says. */
export function FollowedProfile({ profile }: { profile: DescribedProfile }) {
  const { differences } = profile
  const putBack = async () => {
    const view = await said(client.site.putBack({}))
    if (!view) return
    const left = view.followed?.differences.length ?? 0
    const message =
      left === 0
        ? 'All is as the profile says.'
        : `${formatCount(left, 'entry', 'entries')} could not be put back; the table says what holds ${left === 1 ? 'it' : 'them'}.`
    showToast({ tone: left === 0 ? 'ok' : 'warn', message })
  }
  return (
    <>
      <ProfileFacts profile={profile} />
      {differences.length === 0 ? (
        <StatusWord status="pass">As the profile says</StatusWord>
      ) : (
        <>
          <StatusWord status="attention">Not as the profile says</StatusWord>
          <Differences differences={differences} />
          {differences.some(({ held }) => held === '') && (
            <div className={settingsCss.row}>
              <Button onClick={() => void putBack()}>Put back what differs</Button>
            </div>
          )}
        </>
      )}
    </>
  )
}
