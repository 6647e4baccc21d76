import { Keyboard, LayoutGrid, PawPrint } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { loadPart } from '../../app/outdatedPage.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { HeartScoreRanges } from '../viewer/animals/HeartScoreRanges.tsx'
import { HangingList } from '../viewer/hanging/HangingList.tsx'
import css from './SettingsPage.module.css'

/** It knows the viewer's commands, and the viewer is most of the page's weight: fetched when it is looked at. */
const Habits = lazy(async () => ({ default: (await loadPart(() => import('../viewer/habits/Habits.tsx'))).Habits }))

const parts = [
  { part: 'hanging', title: 'Hanging protocols', icon: LayoutGrid },
  { part: 'habits', title: 'Keys and mouse of the viewer', icon: Keyboard },
  { part: 'ranges', title: 'Ranges of the vertebral heart score', icon: PawPrint },
] as const
type Part = (typeof parts)[number]['part']

/** How images are read here, for all windows of this workstation. */
export function Reading() {
  const [shown, setShown] = useState<Part>()
  const title = parts.find(({ part }) => part === shown)?.title ?? ''
  return (
    <>
      <div className={css.row}>
        {parts.map(({ part, title: label, icon }) => (
          <Button key={part} icon={icon} onClick={() => setShown(part)}>
            {label}
          </Button>
        ))}
      </div>
      {shown && (
        <Dialog title={title} onClose={() => setShown(undefined)} width={680}>
          {shown === 'hanging' && <HangingList />}
          {shown === 'ranges' && <HeartScoreRanges />}
          {shown === 'habits' && (
            <Suspense fallback={<Bars rows={6} />}>
              <Habits />
            </Suspense>
          )}
        </Dialog>
      )}
    </>
  )
}
