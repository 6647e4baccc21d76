import { Check, FolderInput, GraduationCap, type LucideIcon, Server, Sparkles } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { client } from '../../../api/client.ts'
import { beginPractice, isPractice } from '../../../api/practice.ts'
import { queryClient } from '../../../api/queryClient.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { ImportMenu } from '../import/ImportMenu.tsx'
import css from './FirstRun.module.css'

/** What a new installation does next, in any order. */
export function NextSteps() {
  const go = useNavigation((state) => state.go)
  return (
    <ul className={css.steps}>
      <DemoStep />
      {!isPractice && (
        <Step icon={GraduationCap} title="Practise without a device" note="From request to images, apart from all else">
          <Button size="small" aria-label="Practise without a device" onClick={beginPractice}>
            Practise
          </Button>
        </Step>
      )}
      <Step icon={Server} title="Add your PACS" note="Test it, query it, send to it">
        <Button size="small" aria-label="Add your PACS" onClick={() => go('servers')}>
          Add
        </Button>
      </Step>
      <Step icon={FolderInput} title="Import a disc or folder" note="Or drop it on this window">
        <ImportMenu
          trigger={
            <Button size="small" aria-label="Choose what to import">
              Choose
            </Button>
          }
        />
      </Step>
    </ul>
  )
}

/** Once they are there, the same step opens one of them. */
function DemoStep() {
  const openStudies = useNavigation((state) => state.openStudies)
  const [busy, setBusy] = useState(false)
  const [studyIds, setStudyIds] = useState<readonly number[]>([])
  const [first] = studyIds
  const add = async () => {
    setBusy(true)
    try {
      const added = await client.settings.addDemoStudies({})
      setStudyIds(added.studyIds)
      void queryClient.invalidateQueries({ queryKey: ['studies'] })
    } catch (error) {
      showFailure(error)
    }
    setBusy(false)
  }
  if (first !== undefined) {
    return (
      <Step
        icon={Check}
        title="Demo patients are here"
        note={`${formatCount(studyIds.length, 'study', 'studies')}, under Studies`}
      >
        <Button size="small" aria-label="Open the demo patient" onClick={() => openStudies([first])}>
          Open
        </Button>
      </Step>
    )
  }
  return (
    <Step icon={Sparkles} title="Add a demo patient" note="A CT, an X-ray and a clip, made here">
      <Button size="small" aria-label="Add a demo patient" disabled={busy} onClick={() => void add()}>
        {busy ? 'Drawing' : 'Add'}
      </Button>
    </Step>
  )
}

function Step({
  icon: Icon,
  title,
  note,
  children,
}: {
  icon: LucideIcon
  title: string
  note: string
  children: ReactNode
}) {
  return (
    <li className={css.step}>
      <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
      <div className={css.stepText}>
        <p>{title}</p>
        <p className={css.stepNote}>{note}</p>
      </div>
      {children}
    </li>
  )
}
