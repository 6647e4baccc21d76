import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import type { SettingsView } from '#shared/contract/settings.ts'
import { AE_TITLE_MAX, aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { client } from '../../../api/client.ts'
import { useStatus } from '../../../api/workstation.ts'
import { formatBytes, formatCount } from '../../../app/formatAmount.ts'
import { useSettled } from '../../../app/useSettled.ts'
import { Button } from '../../../ui/Button.tsx'
import { NumberField } from '../../../ui/NumberField.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FolderDialog } from '../../settings/FolderDialog.tsx'
import { SettingsProblem } from '../../settings/SettingsProblem.tsx'
import { Addresses } from './Addresses.tsx'
import css from './FirstRun.module.css'
import { NextSteps } from './NextSteps.tsx'
import { portProblem } from './portProblem.ts'

export interface FirstRunCardProps {
  view: SettingsView
  /** "Look around first": nothing listens yet. */
  onSkip: () => void
}

/** Nothing listens on a fresh installation until a person has confirmed by which name and port. */
export function FirstRunCard({ view, onSkip }: FirstRunCardProps) {
  const [aeTitle, setAeTitle] = useState(view.settings.aeTitle)
  const [port, setPort] = useState<number | undefined>(view.settings.dicomPort)
  // Nobody has chosen yet: the door is open to those whom a person named (R065).
  const [accept, setAccept] = useState<'any' | 'known'>('known')
  const [choosesFolder, setChoosesFolder] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const status = useStatus()
  const check = usePortCheck(port)
  const portError = portProblem(port) ?? (check && !check.free ? check.sentence : undefined)
  const aeTitleError = aeTitleProblem(aeTitle)
  const start = async (event: FormEvent) => {
    event.preventDefault()
    if (aeTitleError || port === undefined || portProblem(port)) return
    setBusy(true)
    setFailure(undefined)
    try {
      await client.settings.confirm({ aeTitle, dicomPort: port, accept })
    } catch (error) {
      setFailure(error instanceof ApiError ? error.message : String(error))
    }
    setBusy(false)
  }
  return (
    <div className={css.page}>
      <div className={css.card}>
        <form className={css.form} onSubmit={(event) => void start(event)} aria-label="Name this workstation">
          <h2 className={css.title}>Name this workstation</h2>
          <p className={css.lead}>
            Scanners and other PACS find it by these values. Nothing listens on the network until you press Start.
          </p>
          <SettingsProblem problem={view.problem} />
          <div className={css.pair}>
            <TextField
              label="AE title"
              size="large"
              mono
              autoFocus
              value={aeTitle}
              onChange={setAeTitle}
              counter={AE_TITLE_MAX}
              error={aeTitleError}
              help="Letters, digits, underscore. Capitals matter."
            />
            <NumberField
              label="Port"
              size="large"
              mono
              value={port}
              onChange={setPort}
              error={portError}
              help={
                check?.free && (
                  <>
                    <Check size={14} strokeWidth={1.75} aria-hidden="true" className={css.ok} />
                    Free on this computer
                  </>
                )
              }
            />
          </div>
          <Addresses addresses={status?.addresses ?? []} />
          <div className={css.folder}>
            <TextField
              label="Keep images in"
              size="large"
              mono
              readOnly
              value={view.storageFolder}
              onChange={() => {}}
              title={view.storageFolder}
              trailing={status && `${formatBytes(status.disk.freeBytes)} free`}
            />
            <Button size="large" onClick={() => setChoosesFolder(true)}>
              Change
            </Button>
            <p className={css.help}>{status && roomText(status.disk.freeBytes)}</p>
          </div>
          <RadioGroup
            label="Who may send here"
            value={accept}
            onChange={setAccept}
            options={[
              {
                value: 'known',
                label: 'Known devices only.',
                note: 'A new one is refused and listed; you let it in.',
              },
              { value: 'any', label: 'Any device on the network', note: 'under any AE title' },
            ]}
          />
          {failure && (
            <p className={css.failure} role="alert">
              {failure}
            </p>
          )}
          <div className={css.actions}>
            <Button
              type="submit"
              variant="primary"
              size="large"
              keyHint="Enter"
              disabled={busy || aeTitleError !== undefined || portError !== undefined}
            >
              Start receiving
            </Button>
            <Button variant="plain" size="large" onClick={onSkip}>
              Look around first
            </Button>
          </div>
        </form>
        <aside className={css.aside} aria-label="Next steps">
          <h3 className={css.asideTitle}>Then, in any order</h3>
          <NextSteps />
        </aside>
      </div>
      <p className={css.notice}>Not for primary diagnosis.</p>
      {choosesFolder && <FolderDialog current={view.storageFolder} onClose={() => setChoosesFolder(false)} />}
    </div>
  )
}

/** A CT of some 900 images, as clinics make them. */
const CT_STUDY_BYTES = 500_000_000

function roomText(freeBytes: number): string {
  const studies = Math.floor(freeBytes / CT_STUDY_BYTES)
  return `Room for about ${formatCount(studies, 'CT study', 'CT studies')}.`
}

/** Tried for real by the workstation, each time the number settles. */
function usePortCheck(port: number | undefined): { free: boolean; sentence: string } | undefined {
  const settled = useSettled(port, 300)
  const usable = settled !== undefined && portProblem(settled) === undefined
  const { data } = useQuery({
    queryKey: ['settings', 'checkPort', settled],
    queryFn: ({ signal }) => client.settings.checkPort({ port: settled ?? 0 }, { signal }),
    enabled: usable,
    staleTime: 0,
  })
  return usable ? data : undefined
}
