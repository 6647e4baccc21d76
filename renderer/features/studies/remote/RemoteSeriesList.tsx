import { Tags } from 'lucide-react'
import { useState } from 'react'
import type { RemoteSeries } from '#shared/contract/studies.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useQueryServers } from '../filter/SourceMenu.tsx'
import strip from '../strip/SeriesStrip.module.css'
import { seriesTitle } from '../strip/seriesTitle.ts'
import css from './Remote.module.css'
import { RemotePicture } from './RemotePicture.tsx'
import { RemoteTags } from './RemoteTags.tsx'
import type { RemoteRow } from './remoteRows.ts'

interface RemoteSeriesListProps {
  row: RemoteRow
  chosen: readonly string[]
  onToggle: (seriesInstanceUID: string) => void
}

/** Over a web interface each series can be looked at before it is fetched. */
export function RemoteSeriesList({ row, chosen, onToggle }: RemoteSeriesListProps) {
  const { serverId, studyInstanceUID } = row
  const { data, error } = useQueryOperation('studies', 'remoteSeries', { serverId, studyInstanceUID })
  const [tagged, setTagged] = useState<RemoteSeries>()
  const server = useQueryServers().find((each) => each.serverId === serverId)
  const canLook = server?.restOn && server.restRetrieve
  if (error) return <p className={strip.note}>{error.message}</p>
  if (!data) return <Bars rows={4} label="Loading series" />
  const titleOf = (series: RemoteSeries) => `${series.modality} ${seriesTitle(series)}`
  const thereOf = ({ seriesInstanceUID }: RemoteSeries) => ({ serverId, studyInstanceUID, seriesInstanceUID })
  return (
    <>
      <ul className={css.series} aria-label="Series at the server">
        {data.map((series) => (
          <li key={series.seriesInstanceUID} className={css.oneSeries}>
            {canLook && <RemotePicture series={thereOf(series)} title={titleOf(series)} />}
            <Checkbox
              label={titleOf(series)}
              checked={chosen.includes(series.seriesInstanceUID)}
              onChange={() => onToggle(series.seriesInstanceUID)}
            />
            <span className={css.space} />
            <span className="faint tabular">
              {series.instances === null ? '' : formatCount(series.instances, 'image')}
            </span>
            {canLook && (
              <IconButton
                icon={Tags}
                size="small"
                label={`Tags of ${titleOf(series)}`}
                onClick={() => setTagged(series)}
              />
            )}
          </li>
        ))}
      </ul>
      {tagged && <RemoteTags series={thereOf(tagged)} title={titleOf(tagged)} onClose={() => setTagged(undefined)} />}
    </>
  )
}
