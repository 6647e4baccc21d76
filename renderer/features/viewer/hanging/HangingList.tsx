import { Download, RotateCcw, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import type { HangingProtocol } from '#shared/imaging/hangingProtocol.ts'
import { useViewerPreferences } from '../../../api/workstation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EditProtocolDialog } from './EditProtocolDialog.tsx'
import css from './Hanging.module.css'
import { HangingRow } from './HangingRow.tsx'
import { exportProtocols, importProtocols, restoreShipped } from './protocols.ts'

/** Every hanging protocol, in the order in which they are tried. */
export function HangingList() {
  const protocols = useViewerPreferences()?.hangingProtocols
  const [edited, setEdited] = useState<HangingProtocol>()
  const [problem, setProblem] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  if (!protocols) return <Bars rows={4} />
  const take = async (file: File | undefined) => {
    if (!file) return
    const answer = await importProtocols(file)
    setProblem(typeof answer === 'string' ? answer : undefined)
  }
  return (
    <div className={css.list}>
      <p className={css.help}>
        When a study is opened, the first that fits it hangs its images. Lay a study out as you like it, then choose
        “Save this layout” in the viewer's layout menu.
      </p>
      {protocols.length === 0 && <p className={css.none}>There is none. Each study opens with its first series.</p>}
      <ol aria-label="Hanging protocols">
        {protocols.map((protocol, at) => (
          <HangingRow
            key={protocol.protocolId}
            protocol={protocol}
            at={at}
            all={protocols}
            onEdit={() => setEdited(protocol)}
          />
        ))}
      </ol>
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={css.actions}>
        <Button icon={Upload} onClick={() => input.current?.click()}>
          Import
        </Button>
        <Button icon={Download} disabled={protocols.length === 0} onClick={() => exportProtocols(protocols)}>
          Export
        </Button>
        <Button icon={RotateCcw} variant="plain" onClick={() => void restoreShipped().catch(showFailure)}>
          Restore the shipped ones
        </Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label="File with hanging protocols"
          className="visuallyHidden"
          tabIndex={-1}
          onChange={(event) => {
            void take(event.target.files?.[0]).catch(showFailure)
            event.target.value = ''
          }}
        />
      </div>
      {edited && <EditProtocolDialog protocol={edited} onClose={() => setEdited(undefined)} />}
    </div>
  )
}
