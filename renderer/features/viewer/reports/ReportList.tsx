import { Eye, EyeOff, FileText, Star } from 'lucide-react'
import type { Report } from '#shared/contract/reports.ts'
import { formatDate, formatTime } from '#shared/dicom/dateTime.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { findingKey, showFinding, showImage, toggleReport, useReports } from '../../../viewer/reports.ts'
import { tileAt, useSession } from '../../../viewer/session.ts'
import css from '../SidePanel.module.css'
import { findingLines, valueText } from './findingText.ts'

/** Reports that lie in the open studies, from here and from elsewhere, with what they found. */
export function ReportList() {
  const reports = useReports((state) => state.reports)
  return reports.map((report) => <OneReport key={report.instanceId} report={report} />)
}

function OneReport({ report }: { report: Report }) {
  const { instanceId, title, author, date, time, findings, keyImages, missing } = report
  const { hidden, chosen } = useReports()
  const tile = tileAt(useSession((state) => state.active))
  const isHidden = hidden.has(instanceId)
  const when = [formatDate(date), formatTime(time.slice(0, 6))].filter(Boolean).join(' ')
  const named = `${title} of ${when || author || 'the study'}`
  return (
    <section aria-label={named}>
      <h2 className={css.heading}>
        <span title={`${title}, ${author}`}>{[title, when].filter(Boolean).join(', ')}</span>
        {findings.length > 0 && (
          <IconButton
            label={`${isHidden ? 'Show' : 'Hide'} ${named}`}
            icon={isHidden ? EyeOff : Eye}
            size="small"
            pressed={isHidden}
            onClick={() => toggleReport(instanceId)}
          />
        )}
      </h2>
      <ul>
        {findings.map((finding) => {
          const [first] = finding.values
          return (
            <li key={finding.findingId} className={css.row} data-chosen={findingKey(report, finding) === chosen}>
              <button
                type="button"
                className={css.jump}
                onClick={() => void showFinding(tile, report, finding).catch(showFailure)}
              >
                <FileText size={16} strokeWidth={1.75} aria-hidden="true" />
                <span className={css.what}>
                  <span className={css.first}>
                    {finding.name || 'Finding'}
                    <b>{first ? valueText(first) : ''}</b>
                  </span>
                  {findingLines(finding)
                    .slice(first && finding.values.length === 1 ? 1 : 0)
                    .map((line) => (
                      <small key={line}>{line}</small>
                    ))}
                  {finding.shapes.length === 0 && <small>without a place in an image</small>}
                </span>
              </button>
            </li>
          )
        })}
        {keyImages.map(({ instanceId: image, seriesId, frame, description }, at) => (
          <li key={`${image}/${frame}`} className={css.row}>
            <button
              type="button"
              className={css.jump}
              onClick={() => void showImage(tile, report.studyId, seriesId, image, frame).catch(showFailure)}
            >
              <Star size={16} strokeWidth={1.75} aria-hidden="true" />
              <span className={css.what}>
                <span className={css.first}>Key image {at + 1}</span>
                {description !== '' && <small>{description}</small>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className={css.hint}>
        {[author && `By ${author}.`, missing > 0 && `${missing} of its images are not on this workstation.`]
          .filter(Boolean)
          .join(' ')}
      </p>
    </section>
  )
}
