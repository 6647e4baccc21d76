import { Download, Eye } from 'lucide-react'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Button } from '../../../ui/Button.tsx'
import { useBrowser } from '../filter/browserState.ts'
import strip from '../strip/SeriesStrip.module.css'
import { ownerText, patientText } from '../table/studyColumns.tsx'
import { RemoteSeriesList } from './RemoteSeriesList.tsx'
import { remoteNameText } from './remoteNameText.ts'
import type { RemoteRow } from './remoteRows.ts'
import { retrieve } from './retrieve.ts'

interface RemoteStripProps {
  rows: readonly RemoteRow[]
  /** Ticked series of the one study; empty for all of it. */
  series: readonly string[]
  onSeries: (seriesInstanceUIDs: readonly string[]) => void
  /** Whether a retrieve of this page brought it. */
  hasCome: (row: RemoteRow) => boolean
  /** The study here, where all of it is. */
  localOf: (row: RemoteRow) => number | undefined
  /** The study here, while images of it come. */
  arrivingOf: (row: RemoteRow) => number | undefined
  /** Its server is set so that a selected study is fetched. */
  comesBySelecting: boolean
  onOpen: () => void
}

/** The selected remote studies and how to get them. */
export function RemoteStrip({
  rows,
  series,
  onSeries,
  hasCome,
  localOf,
  arrivingOf,
  comesBySelecting,
  onOpen,
}: RemoteStripProps) {
  const { change, clear, setSource } = useBrowser()
  const [only] = rows
  if (!only) return null
  const single = rows.length === 1
  const toggle = (uid: string) =>
    onSeries(series.includes(uid) ? series.filter((each) => each !== uid) : [...series, uid])
  const allHere = rows.every((row) => localOf(row) !== undefined)
  const isArriving = single && arrivingOf(only) !== undefined
  const opens = (allHere || isArriving) && series.length === 0
  const showHere = () => {
    clear()
    change(only.patientId ? { extra: { patientId: only.patientId } } : { text: remoteNameText(only) })
    setSource({ kind: 'local' })
  }
  return (
    <section className={strip.strip} aria-label="Selected study" data-region="strip">
      <div className={strip.subject}>
        <div className={strip.patient} data-selectable>
          {single ? (
            <>
              <p className={strip.name}>
                <strong>{remoteNameText(only)}</strong> <span className="mono secondary">{only.patientId}</span>
              </p>
              <p>{patientText(only)}</p>
              <p>{ownerText(only)}</p>
              {comesBySelecting && localOf(only) === undefined && (
                <p className="secondary">Comes by itself when selected.</p>
              )}
              {formatPersonName(only.patientName) === '' && <p>The name comes with the images.</p>}
            </>
          ) : (
            <p className={strip.name}>
              <strong>{formatCount(rows.length, 'study', 'studies')}</strong>
            </p>
          )}
        </div>
        <div className={strip.actions}>
          {opens && (
            <Button variant="primary" keyHint="Enter" onClick={onOpen}>
              {isArriving ? 'Open what has come' : 'Open'}
            </Button>
          )}
          <Button
            disabled={isArriving && series.length === 0}
            variant={opens ? 'outlined' : 'primary'}
            icon={Download}
            keyHint={opens ? undefined : 'Enter'}
            onClick={() => void retrieve(rows, series)}
          >
            {series.length > 0
              ? `Retrieve ${formatCount(series.length, 'series', 'series')}`
              : allHere
                ? 'Retrieve again'
                : 'Retrieve'}
          </Button>
          {single && !allHere && !isArriving && (only.localInstances > 0 || hasCome(only)) && (
            <Button icon={Eye} onClick={showHere}>
              Show here
            </Button>
          )}
        </div>
      </div>
      {single && <RemoteSeriesList row={only} chosen={series} onToggle={toggle} />}
    </section>
  )
}
