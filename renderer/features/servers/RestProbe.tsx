import { Radar } from 'lucide-react'
import { useRef, useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import type { Probe } from '#shared/contract/rest.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { elapsedText } from '#shared/diagnosis/report.ts'
import { client } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { useEditor } from './editorState.ts'
import { toFields } from './fieldProblems.ts'
import type { Draft } from './fields.ts'
import css from './Rest.module.css'
import { Values } from './Values.tsx'

interface RestProbeProps {
  row: ServerRow
  values: Draft
  onChange(change: Partial<Draft>): void
}

/** R041: what answers at the web address, with the values as they stand. */
export function RestProbe({ row, values, onChange }: RestProbeProps) {
  const secret = useEditor((state) => state.restSecret)
  const [found, setFound] = useState<{ probe: Probe; of: string; secret: string }>()
  const [failure, setFailure] = useState('')
  const running = useRef<AbortController>(undefined)
  const [isRunning, setRunning] = useState(false)
  const { restUrl, restKind, restAuthentication, restUser, restTrust, restPinnedCertificate } = values
  const asked = JSON.stringify([restUrl, restKind, restAuthentication, restUser, restTrust, restPinnedCertificate])
  // One that was kept since is the same.
  const isOfNow = found?.of === asked && (secret === '' || secret === found.secret)
  const fields = toFields(values)
  const run = async () => {
    if (!fields) return
    const own = new AbortController()
    running.current = own
    setRunning(true)
    setFailure('')
    try {
      const input = { serverId: row.serverId, fields, ...(secret === '' ? {} : { secret }) }
      setFound({ probe: await client.servers.probe(input, { signal: own.signal }), of: asked, secret })
    } catch (error) {
      setFound(undefined)
      if (!own.signal.aborted)
        setFailure(error instanceof ApiError ? error.message : 'It could not be asked. Try again.')
    } finally {
      setRunning(false)
    }
  }
  const { suggestion } = found?.probe ?? {}
  return (
    <div data-wide className={css.probe}>
      <div className={css.buttons}>
        <Button
          size="small"
          icon={Radar}
          disabled={!values.restOn || !fields || isRunning}
          aria-busy={isRunning}
          onClick={() => void run()}
        >
          {isRunning ? 'Asking' : 'Probe'}
        </Button>
        {isRunning ? (
          <Button size="small" variant="plain" onClick={() => running.current?.abort()}>
            Stop
          </Button>
        ) : (
          <span className={css.note}>Asks what answers there, with the values as they stand. Nothing is changed.</span>
        )}
      </div>
      {(failure || isOfNow) && (
        <div role="status" data-testid="probe" className={css.found}>
          <StatusWord status={found?.probe.ok && failure === '' ? 'pass' : 'fail'} />
          <p className={css.sentence}>
            {failure || found?.probe.sentence}
            {found && !failure && <span className={css.note}> {technicalOf(found.probe)}</span>}
          </p>
          {suggestion && (
            <Button size="small" onClick={() => onChange({ restKind: suggestion.kind, restUrl: suggestion.url })}>
              Use {suggestion.url} as {suggestion.kind === 'orthanc' ? 'Orthanc' : 'DICOMweb'}
            </Button>
          )}
          {found && found.probe.facts.length > 0 && !failure && <Values values={found.probe.facts} />}
        </div>
      )}
    </div>
  )
}

/** What the sentence says already is not said again. */
function technicalOf({ sentence, technical, elapsedMs }: Probe): string {
  return [sentence.includes(technical) ? '' : technical, elapsedText(elapsedMs)].filter(Boolean).join(', ')
}
