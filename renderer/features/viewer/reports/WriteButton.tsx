import { FileCheck, FilePen } from 'lucide-react'
import { useState } from 'react'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { showToast } from '../../../ui/toast.ts'
import { useMeasurements } from '../../../viewer/measurements.ts'
import { writeReports } from '../../../viewer/reports.ts'
import { tileAt, useSession } from '../../../viewer/session.ts'
import { useTile } from '../useTile.ts'

/** Measurements and key images as DICOM documents of the study, so that other programs see them too. */
export function WriteButton() {
  const tile = tileAt(useSession((state) => state.active))
  const study = useTile(tile, ({ source }) => source?.study)
  const any = useMeasurements(({ items }) => items.some(({ kind }) => kind !== 'calibration'))
  const [writing, setWriting] = useState(false)
  if (!study || !any) return null
  const write = async () => {
    setWriting(true)
    try {
      showToast({ icon: FileCheck, tone: 'ok', message: outcome(await writeReports(study.studyId)) })
    } catch (error) {
      showFailure(error)
    } finally {
      setWriting(false)
    }
  }
  return (
    <Button size="small" icon={FilePen} disabled={writing} onClick={() => void write()}>
      {writing ? 'Writing' : 'Write into the study (SR, KO)'}
    </Button>
  )
}

function outcome({
  measurements,
  keyImages,
  unchanged,
}: {
  measurements: number
  keyImages: number
  unchanged: boolean
}) {
  if (unchanged) return 'The study has all of it already: nothing changed since it was written.'
  const parts = [
    measurements > 0 && `${measurements} measurement${measurements === 1 ? '' : 's'}`,
    keyImages > 0 && `${keyImages} key image${keyImages === 1 ? '' : 's'}`,
  ].filter(Boolean)
  return `Written into the study: ${parts.join(' and ')}.`
}
