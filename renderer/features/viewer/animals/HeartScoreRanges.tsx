import { Pencil, Plus, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { type HeartScoreRange, shippedHeartScores } from '#shared/imaging/animalRanges.ts'
import { client } from '../../../api/client.ts'
import { readViewerPreferences, useViewerPreferences } from '../../../api/workstation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { showToast } from '../../../ui/toast.ts'
import css from './Animals.module.css'
import { HeartScoreRangeDialog } from './HeartScoreRangeDialog.tsx'

const keep = (heartScores: readonly HeartScoreRange[]) =>
  void client.viewer.update({ heartScores: [...heartScores] }).catch(showFailure)

const known = () => readViewerPreferences()?.heartScores ?? []

/** The ranges that a vertebral heart score is told beside: of a species, and of breeds. */
export function HeartScoreRanges() {
  const ranges = useViewerPreferences()?.heartScores
  const [edited, setEdited] = useState<HeartScoreRange>()
  if (!ranges) return <Bars rows={4} />
  const remove = (range: HeartScoreRange) => {
    const at = ranges.indexOf(range)
    keep(ranges.filter((each) => each !== range))
    showToast({
      icon: X,
      message: `Deleted the range of ${nameOf(range)}`,
      action: { label: 'Undo', undo: true, onAct: () => keep(known().toSpliced(at, 0, range)) },
    })
  }
  const save = (range: HeartScoreRange) => {
    setEdited(undefined)
    const at = ranges.findIndex(({ rangeId }) => rangeId === range.rangeId)
    keep(at < 0 ? [...ranges, range] : ranges.with(at, range))
  }
  return (
    <div>
      <table className={css.table} aria-label="Ranges of the vertebral heart score">
        <thead>
          <tr>
            <th scope="col">Species</th>
            <th scope="col">Breed</th>
            <th scope="col">Vertebrae</th>
            <th scope="col">Source</th>
            <th scope="col">
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ranges.map((range) => (
            <tr key={range.rangeId}>
              <td>{range.species}</td>
              <td>{range.breed || 'all'}</td>
              <td>
                {range.mean.toFixed(1)} ± {range.deviation.toFixed(1)}
              </td>
              <td>{range.source}</td>
              <td>
                <IconButton
                  label={`Edit ${nameOf(range)}`}
                  icon={Pencil}
                  size="small"
                  onClick={() => setEdited(range)}
                />
                <IconButton label={`Delete ${nameOf(range)}`} icon={X} size="small" onClick={() => remove(range)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css.actions}>
        <Button
          icon={Plus}
          onClick={() =>
            setEdited({
              rangeId: crypto.randomUUID(),
              ...{ species: 'dog', breed: '', mean: 9.7, deviation: 0.5, source: '' },
            })
          }
        >
          Add a breed
        </Button>
        <Button icon={RotateCcw} variant="plain" onClick={() => keep(shippedHeartScores)}>
          Restore the shipped table
        </Button>
      </div>
      {edited && <HeartScoreRangeDialog range={edited} onSave={save} onClose={() => setEdited(undefined)} />}
    </div>
  )
}

const nameOf = ({ species, breed, source }: HeartScoreRange) => [breed || `all of ${species}`, source].join(', ')
