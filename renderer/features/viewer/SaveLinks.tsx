import { Download } from 'lucide-react'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { isVideo } from '#shared/dicom/transferSyntax.ts'
import type { StackFrame } from '#shared/imaging/displaySets.ts'
import css from './TileMessage.module.css'

/** Other programs can open what this one does not show: the document or video by itself, or the whole DICOM file. */
export function SaveLinks({ item }: { item: StackFrame }) {
  const content = contentName(item)
  return (
    <>
      {content && (
        <a className={css.save} href={`data/content/${item.instanceId}`} download>
          <Download size={14} strokeWidth={1.75} aria-hidden="true" />
          Save {content}
        </a>
      )}
      <a className={css.save} href={`data/file/${item.instanceId}`} download>
        <Download size={14} strokeWidth={1.75} aria-hidden="true" />
        Save file
      </a>
    </>
  )
}

function contentName({ image }: StackFrame): string | undefined {
  if (isVideo(image.transferSyntaxUID)) return 'video'
  return /Encapsulated/.test(sopClassName(image.sopClassUID)) ? 'document' : undefined
}
