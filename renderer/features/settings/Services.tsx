import type { SettingsView } from '#shared/contract/settings.ts'
import { SettingSwitch } from './SettingSwitch.tsx'
import css from './SettingsPage.module.css'

/** What we answer. A service that is off is not offered: its presentation contexts are refused. */
export function Services({ view }: { view: SettingsView }) {
  return (
    <div className={css.switches}>
      <SettingSwitch
        view={view}
        name="answerStorage"
        label="Receive images"
        help="Storage. Off: devices cannot send here, and retrieves bring nothing."
      />
      <SettingSwitch
        view={view}
        name="answerQueryRetrieve"
        label="Let others search and fetch"
        help="Query/Retrieve. Every device that may connect can then see and fetch every study of this workstation."
      />
      <SettingSwitch
        view={view}
        name="answerStorageCommitment"
        label="Confirm that images are kept"
        help="Storage commitment. Devices ask for it before they delete their own copy."
      />
      <SettingSwitch
        view={view}
        name="answerWorklist"
        label="Give devices their worklist"
        help="Modality worklist. Devices that may connect see the open requests of the front desk, with patient and owner."
      />
      <SettingSwitch
        view={view}
        name="answerPerformedSteps"
        label="Let devices report what they did"
        help="Performed procedure steps (MPPS). A device says when it begins and ends, and the request moves on the board."
      />
      <p className={css.help}>The connection test (C-ECHO) is always answered to those who may connect.</p>
    </div>
  )
}
