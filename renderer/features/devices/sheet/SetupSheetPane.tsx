import { Download, Printer, SquareTerminal } from 'lucide-react'
import { useRef } from 'react'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { showToast } from '../../../ui/toast.ts'
import { useReach } from '../useReach.ts'
import { batScript, scriptValues, shScript } from './deviceScripts.ts'
import { Paper } from './Paper.tsx'
import { printElement } from './printElement.ts'
import css from './SetupSheetPane.module.css'
import { fileNameOf, saveFile } from './saveFile.ts'
import { type SetupSheet, setupSheet } from './setupSheet.ts'
import { sheetMarkdown } from './sheetMarkdown.ts'
import { sheetPdf } from './sheetPdf.ts'

/** R112 to R114, R170: what whoever stands at the device needs, on paper or as a file. */
export function SetupSheetPane({ device }: { device: DeviceRow }) {
  const reach = useReach()
  const guides = useQueryOperation('devices', 'guides', {})
  const paper = useRef<HTMLElement>(null)
  const error = reach.error ?? guides.error
  if (error)
    return (
      <ErrorState
        title="The set-up sheet could not be made"
        actions={
          <Button
            onClick={() => {
              void reach.refetch()
              void guides.refetch()
            }}
          >
            Try again
          </Button>
        }
      >
        {error.message}
      </ErrorState>
    )
  if (!reach.data || !guides.data) return <Bars rows={6} />
  const sheet = setupSheet(device, reach.data, guides.data, Date.now())
  const name = `set-up-${fileNameOf(device.aeTitle)}`
  return (
    <section aria-label="Set-up sheet">
      <div className={css.head}>
        <h3 className={css.title}>Set-up sheet</h3>
        <span className={css.grow} />
        <Menu
          align="end"
          trigger={
            <Button variant="plain" size="small" icon={SquareTerminal}>
              Test script
            </Button>
          }
          items={[
            {
              label: 'For Windows (.bat)',
              onSelect: () => saveFile(`${name}.bat`, batScript(scriptValues(sheet)), 'text/plain'),
            },
            {
              label: 'For macOS and Linux (.sh)',
              onSelect: () => saveFile(`${name}.sh`, shScript(scriptValues(sheet)), 'text/plain'),
            },
          ]}
        />
        <Button
          variant="plain"
          size="small"
          onClick={() => saveFile(`${name}.md`, sheetMarkdown(sheet), 'text/markdown')}
        >
          Markdown
        </Button>
        <Button variant="plain" size="small" icon={Download} onClick={() => savePdf(name, sheet)}>
          PDF
        </Button>
        <Button size="small" icon={Printer} onClick={() => paper.current && printElement(paper.current)}>
          Print
        </Button>
      </div>
      <div className={css.desk}>
        <Paper ref={paper} sheet={sheet} />
      </div>
    </section>
  )
}

function savePdf(name: string, sheet: SetupSheet): void {
  const bytes = sheetPdf(sheet)
  if (bytes) saveFile(`${name}.pdf`, bytes, 'application/pdf')
  else
    showToast({
      tone: 'warn',
      message:
        'The fonts of the PDF lack letters of this device’s description. Print it, and choose PDF as the printer.',
    })
}
