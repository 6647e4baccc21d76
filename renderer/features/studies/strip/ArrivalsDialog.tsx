import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { StudyArrivals } from '#shared/contract/studies.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import css from './ArrivalsDialog.module.css'
import { arrivalWord, sourcesOf } from './arrivalText.ts'

interface ArrivalsDialogProps {
  studyId: number
  sentence: string
  onClose(): void
}

const ROW = 24
const moment = new Intl.DateTimeFormat('en-GB', {
  ...({ day: 'numeric', month: 'short', year: 'numeric' } as const),
  ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
})

/** From whom each image of a study came, and when. */
export function ArrivalsDialog({ studyId, sentence, onClose }: ArrivalsDialogProps) {
  const { data, error } = useQueryOperation('studies', 'arrivals', { studyId })
  return (
    <Dialog
      title="How the images came"
      subtitle={data && formatCount(data.images.length, 'image')}
      width={820}
      onClose={onClose}
      footer={
        <>
          <span className={css.grow} />
          <Button variant="primary" autoFocus onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <p className={css.sentence}>{sentence}</p>
      {error && <p role="alert">{error.message}</p>}
      {!data && !error && <Bars rows={6} label="Loading" />}
      {data && (
        <>
          <ul className={css.sources} aria-label="Sources">
            {sourcesOf(data.images).map(({ word, whom, images, lastAt }) => (
              <li key={`${word} ${whom}`}>
                {word}
                {whom !== '' && <span className="mono"> {whom}</span>}: {formatCount(images, 'image')}, the last{' '}
                {moment.format(lastAt)}
              </li>
            ))}
          </ul>
          <Images images={data.images} />
          {data.hasMore && <p className="secondary">These are the first {data.images.length}; more are here.</p>}
        </>
      )}
    </Dialog>
  )
}

function Images({ images }: Pick<StudyArrivals, 'images'>) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: images.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
  })
  const drawn = virtual.getVirtualItems()
  const before = drawn[0]?.start ?? 0
  const after = virtual.getTotalSize() - (drawn.at(-1)?.end ?? virtual.getTotalSize())
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={scroller} className={css.scroller} tabIndex={0}>
      <table className={css.table} aria-label="Images by arrival" aria-rowcount={images.length + 1}>
        <thead>
          <tr>
            <th scope="col">Came</th>
            <th scope="col">Series</th>
            <th scope="col" className={css.number}>
              Image
            </th>
            <th scope="col">How</th>
            <th scope="col">AE title</th>
            <th scope="col">Address</th>
          </tr>
        </thead>
        <tbody>
          <Gap height={before} />
          {drawn.map(({ index }) => {
            const image = images[index]
            return (
              image && (
                <tr key={image.instanceId} aria-rowindex={index + 2}>
                  <td className="tabular">{moment.format(image.receivedAt)}</td>
                  <td className="ellipsis">
                    {[image.modality, image.seriesDescription || image.seriesNumber].filter(Boolean).join(' ')}
                  </td>
                  <td className={css.number}>{image.number ?? ''}</td>
                  <td>{arrivalWord[image.kind]}</td>
                  <td className="mono">{image.callingAETitle}</td>
                  <td className="mono">{image.address}</td>
                </tr>
              )
            )
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </div>
  )
}

/** Stands for the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr>
      <td aria-hidden="true" colSpan={6} style={{ height, padding: 0 }} />
    </tr>
  )
}
