import { GraduationCap } from 'lucide-react'
import { useEffect, useState } from 'react'
import { leavePractice } from '../../api/practice.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import css from './Practice.module.css'
import { PracticeDevice } from './PracticeDevice.tsx'
import { RemovePractice } from './RemovePractice.tsx'

/** On every page of practice, the viewer included: nobody shall take what stands there for a patient. */
export function PracticeBanner() {
  const [shown, setShown] = useState<'device' | 'removal'>()
  useEffect(() => {
    document.title = 'Practice - Negatoscope'
  }, [])
  useShortcuts('Practice', [{ keys: 'Alt P', label: 'The practice device', run: () => setShown('device') }])
  const close = () => setShown(undefined)
  return (
    <aside className={css.banner} aria-label="Practice">
      <GraduationCap size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={css.words}>
        <strong>Practice mode.</strong> Nobody here is a patient. Make a request, let the practice device examine it,
        open and send the images.
      </span>
      <span className={css.space} />
      <Button size="small" keyHint="Alt P" onClick={() => setShown('device')}>
        Practice device
      </Button>
      <Button size="small" variant="plain" onClick={() => setShown('removal')}>
        Remove all test data
      </Button>
      <Button size="small" variant="plain" onClick={leavePractice}>
        Leave
      </Button>
      {shown === 'device' && <PracticeDevice onClose={close} />}
      {shown === 'removal' && <RemovePractice onClose={close} onRemoved={leavePractice} />}
    </aside>
  )
}
