import { Sun } from 'lucide-react'
import { useState } from 'react'
import { windowNumbers } from '#shared/imaging/ownWindows.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { client } from '../../../api/client.ts'
import { readViewerPreferences } from '../../../api/workstation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { showToast } from '../../../ui/toast.ts'
import type { Tile } from '../../../viewer/tile.ts'
import css from '../hanging/Hanging.module.css'

const numberOf = (typed: string) =>
  typed.trim() === '' ? Number.NaN : Number(typed.trim().replace(',', '.').replace('−', '-'))
const shown = (value: number) => String(Number(value.toPrecision(6)))

/** Width and level by their numbers, kept under a name where somebody gives one. */
export function OwnWindowDialog({ tile, onClose }: { tile: Tile; onClose(): void }) {
  const { current, state } = tile
  const [width, setWidth] = useState(shown(state.window.width))
  const [center, setCenter] = useState(shown(state.window.center))
  const [name, setName] = useState('')
  const parsed = windowNumbers.safeParse({ center: numberOf(center), width: numberOf(width) })
  const problem = (field: 'center' | 'width') => {
    const wrong = !parsed.success && parsed.error.issues.find(({ path }) => path[0] === field)
    if (!wrong) return undefined
    return /NaN|expected number/i.test(wrong.message) ? 'A number, such as 400.' : wrong.message
  }
  const unit = current ? valueUnit(current.image) : ''
  const modality = current?.image.modality ?? ''
  const save = async () => {
    if (!parsed.success || name.trim().length > 40) return
    tile.setWindow(parsed.data)
    onClose()
    if (name.trim() === '') return
    const others = (readViewerPreferences()?.ownWindows ?? []).filter(
      (each) => each.name !== name.trim() || each.modality !== modality,
    )
    try {
      await client.viewer.update({ ownWindows: [...others, { name: name.trim(), modality, unit, ...parsed.data }] })
      showToast({ icon: Sun, tone: 'ok', message: `${name.trim()} is among the windows of ${modality} from now on.` })
    } catch (error) {
      showFailure(error)
    }
  }
  const enter = (event: { key: string }) => event.key === 'Enter' && void save()
  return (
    <Dialog
      title="Width and level"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!parsed.success} onClick={() => void save()}>
            {name.trim() ? 'Set and keep' : 'Set'}
          </Button>
        </>
      }
    >
      <div className={css.fields}>
        <TextField
          {...{ label: 'Width', value: width, onChange: setWidth, error: problem('width'), trailing: unit }}
          {...{ inputMode: 'decimal', autoFocus: true, onKeyDown: enter }}
        />
        <TextField
          {...{ label: 'Level', value: center, onChange: setCenter, error: problem('center'), trailing: unit }}
          {...{ inputMode: 'decimal', onKeyDown: enter }}
        />
        <TextField
          {...{ label: 'Name', value: name, onChange: setName, counter: 40, onKeyDown: enter }}
          {...{ placeholder: 'not kept', help: `With a name it is kept for ${modality || 'such images'}.` }}
        />
      </div>
    </Dialog>
  )
}
