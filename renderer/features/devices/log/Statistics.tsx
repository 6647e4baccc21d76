import { Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { useDevices, useStatus } from '../../../api/workstation.ts'
import { formatBytes, formatCount, formatNumber } from '../../../app/formatAmount.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { DayBars } from '../DayBars.tsx'
import { saveFile } from '../sheet/saveFile.ts'
import { DayChart } from './DayChart.tsx'
import css from './LiveLog.module.css'
import { statisticsCsv } from './logCsv.ts'

const ranges = [
  { value: '14', label: '14 d' },
  { value: '30', label: '30 d' },
  { value: '90', label: '90 d' },
] as const
type Range = (typeof ranges)[number]['value']

/** Bars of a row: the last days only, so that they stay wide enough to be seen. */
const BARS = 14

/** R118: what came in, by device and day, and how much room is left. */
export function Statistics() {
  const [range, setRange] = useState<Range>('14')
  const { data, error, refetch } = useQueryOperation(
    'devices',
    'statistics',
    { days: Number(range) },
    { keepPrevious: true },
  )
  const disk = useStatus()?.disk
  const view = useDevices()
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew when anything was counted
  useEffect(() => {
    void refetch()
  }, [view, refetch])
  const total = data?.days.map((_, day) => data.rows.reduce((sum, row) => sum + (row.days[day] ?? 0), 0)) ?? []
  return (
    <aside className={css.statistics} aria-label="Statistics" data-region>
      <div className={css.head}>
        <h2 className={css.title}>Images by day</h2>
        <span className={css.faint}>{formatCount(sumOf(total), 'image')}</span>
        <span className={css.grow} />
        <SegmentedControl label="How far back" value={range} options={ranges} onChange={setRange} />
        <IconButton
          label="Export statistics as CSV"
          icon={Download}
          disabled={!data}
          onClick={() => data && saveFile('statistics.csv', statisticsCsv(data), 'text/csv')}
        />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {!data && !error && <Bars rows={4} />}
      {data && <DayChart days={data.days} counts={total} />}
      {data?.rows.length === 0 && <p className={css.faint}>Nothing came in within these days.</p>}
      {data && data.rows.length > 0 && (
        <table className={css.table} aria-label="Images by device">
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col" className={css.number}>
                Images
              </th>
              <th scope="col" className={css.number}>
                Size
              </th>
              <th scope="col" className={css.bars}>
                {BARS} days
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={`${row.aeTitle}@${row.address}`}>
                <td title={`${row.aeTitle} ${row.address}, ${formatCount(row.associations, 'connection')}`}>
                  <span className="mono">{row.aeTitle}</span> <span className={`mono ${css.faint}`}>{row.address}</span>
                </td>
                <td className={css.number} title={row.refused > 0 ? `${row.refused} not taken` : undefined}>
                  {formatNumber(row.instances)}
                </td>
                <td className={css.number}>{formatBytes(row.bytes)}</td>
                <td className={css.bars}>
                  <DayBars days={row.days.slice(-BARS)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {disk && (
        <div className={css.disk}>
          <h2 className={css.title}>Free disk</h2>
          <p className={css.faint}>
            {disk.connected
              ? `${formatBytes(disk.freeBytes)} of ${formatBytes(disk.totalBytes)} free${lastsText(disk.freeBytes, data)}`
              : 'The disk of the storage folder is not connected.'}
          </p>
          <ProgressBar
            label="Disk space used by everything on it"
            value={disk.totalBytes - disk.freeBytes}
            max={disk.totalBytes}
            tone="level"
          />
        </div>
      )}
    </aside>
  )
}

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

/** At the rate of these days; nothing where too little came to say. */
function lastsText(freeBytes: number, data: { days: number[]; rows: { bytes: number }[] } | undefined): string {
  const bytes = data?.rows.reduce((sum, row) => sum + row.bytes, 0) ?? 0
  if (!data || bytes === 0) return ''
  const days = freeBytes / (bytes / data.days.length)
  if (days > 3650) return ', room for more than ten years at this rate'
  return days < 60
    ? `, full in about ${formatCount(Math.max(1, Math.round(days)), 'day')} at this rate`
    : `, room for about ${formatCount(Math.round(days / 30), 'month')} at this rate`
}
