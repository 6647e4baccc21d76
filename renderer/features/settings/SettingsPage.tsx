import type { ReactNode } from 'react'
import { isPractice } from '../../api/practice.ts'
import { useSettings } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { Notices } from '../notifications/Notices.tsx'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { Callers } from './Callers.tsx'
import { Certificates } from './certificates/Certificates.tsx'
import { DicomwebServer } from './dicomweb/DicomwebServer.tsx'
import { Examinations } from './Examinations.tsx'
import { Incoming } from './Incoming.tsx'
import { Limits } from './Limits.tsx'
import { Listening } from './Listening.tsx'
import { SiteProfile } from './profile/SiteProfile.tsx'
import { Reading } from './Reading.tsx'
import { RequestsIn } from './RequestsIn.tsx'
import { Services } from './Services.tsx'
import css from './SettingsPage.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import { Storage } from './Storage.tsx'

const TIMEOUTS = [
  'dimseTimeoutSeconds',
  'requestTimeoutSeconds',
  'artimTimeoutSeconds',
  'idleTimeoutSeconds',
  'socketCloseDelayMs',
] as const

/** Where practice has no door. */
function Closed() {
  return (
    <p className={css.help}>
      Practice mode is closed to the outside: nothing real comes in here, and nothing of here goes out. Leave practice
      mode to set this up for the clinic.
    </p>
  )
}

export function SettingsPage() {
  const view = useSettings()
  const showLog = useNavigation((state) => state.showLog)
  return (
    <>
      <TopBar title="Settings" />
      {view ? (
        <div className={css.page}>
          <div className={css.sections}>
            <SettingsProblem problem={view.problem} />
            <Section title="This workstation on the network">
              <Listening view={view} />
            </Section>
            <Section title="Who may connect">
              <Callers view={view} />
            </Section>
            <Section title="Certificates">
              <Certificates view={view} />
            </Section>
            <Section title="Services">
              <Services view={view} />
            </Section>
            <Section title="DICOMweb server">{isPractice ? <Closed /> : <DicomwebServer view={view} />}</Section>
            <Section title="Examinations">
              <Examinations />
            </Section>
            <Section title="Practice management">{isPractice ? <Closed /> : <RequestsIn view={view} />}</Section>
            <Section title="Incoming images">
              <Incoming view={view} />
            </Section>
            <Section title="Storage">
              <Storage view={view} />
            </Section>
            <Section title="Appearance">
              <Appearance settings={view.settings} />
            </Section>
            <Section title="Viewer">
              <Reading />
            </Section>
            <Section title="Limits">
              <Limits view={view} names={['maxAssociations', 'maxPduLength']} />
            </Section>
            <Section title="Timeouts">
              <Limits view={view} names={TIMEOUTS} />
            </Section>
            <Section title="Notices">
              <Notices view={view} />
            </Section>
            <Section title="Connections">
              <p className={css.help}>
                Who connected, who was refused and why, and whom we called, stands in the live log.
              </p>
              <div>
                <Button onClick={() => showLog()}>Show the live log</Button>
              </div>
            </Section>
            <Section title="Site profile">
              <SiteProfile />
            </Section>
            <Section title="About">
              <About />
            </Section>
          </div>
        </div>
      ) : (
        <Bars />
      )}
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section} aria-label={title} data-region>
      <h2 className={css.heading}>{title}</h2>
      {children}
    </section>
  )
}
