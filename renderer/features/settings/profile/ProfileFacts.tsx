import type { DescribedProfile } from '#shared/contract/siteProfile.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import css from '../certificates/Certificates.module.css'
import { Fingerprint } from './Fingerprint.tsx'

/** Who signed it, when, and what it holds. */
export function ProfileFacts({ profile }: { profile: DescribedProfile }) {
  const { servers, devices, settings, locks } = profile
  const held = [
    servers > 0 && formatCount(servers, 'server'),
    devices > 0 && formatCount(devices, 'device'),
    settings > 0 && formatCount(settings, 'setting'),
  ].filter(Boolean)
  const locked = [locks.servers && 'servers', locks.devices && 'devices', locks.settings && 'settings'].filter(Boolean)
  return (
    <dl className={css.facts}>
      <dt>Profile</dt>
      <dd>{profile.name}</dd>
      <dt>Issued</dt>
      <dd>{new Date(profile.issuedAt).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })}</dd>
      <dt>Signed by</dt>
      <dd>
        <Fingerprint value={profile.fingerprint} />
      </dd>
      <dt>Holds</dt>
      <dd>{held.length === 0 ? 'Nothing' : held.join(', ')}</dd>
      <dt>Locked</dt>
      <dd>{locked.length === 0 ? 'Nothing' : `Its ${locked.join(', ')}`}</dd>
    </dl>
  )
}
