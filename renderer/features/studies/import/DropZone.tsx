import { FolderInput } from 'lucide-react'
import { useEffect, useState } from 'react'
import { showFailure } from '../../../app/showFailure.ts'
import { collectDropped } from './collectFiles.ts'
import css from './DropZone.module.css'
import { ImportProgress } from './ImportProgress.tsx'
import { importFiles } from './importFiles.ts'

/** Files and folders may be dropped anywhere on the window. `quiet`: nothing is laid over images. */
export function DropZone({ quiet }: { quiet: boolean }) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    // dragenter and dragleave come for every element on the way.
    let depth = 0
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      depth = 0
      setOver(false)
      collectDropped(event.dataTransfer.items).then(importFiles).catch(showFailure)
    }
    const listeners = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const
    const names = ['dragenter', 'dragleave', 'dragover', 'drop'] as const
    for (const name of names) window.addEventListener(name, listeners[name])
    return () => {
      for (const name of names) window.removeEventListener(name, listeners[name])
    }
  }, [])
  return (
    <>
      {over && (
        <div className={css.zone}>
          <div className={css.hint}>
            <FolderInput size={20} strokeWidth={1.5} aria-hidden="true" />
            Drop to import
          </div>
        </div>
      )}
      {!quiet && <ImportProgress />}
    </>
  )
}
