import { FileText, ImageOff } from 'lucide-react'
import { useState } from 'react'
import { PictureFrame } from './PictureFrame.tsx'
import css from './Thumbnail.module.css'

interface ThumbnailProps {
  /** null where the series has nothing to draw. */
  instanceId: number | null
  modality: string
  className?: string | undefined
}

/** The picture that stands for a series, on black as in the viewer. */
export function Thumbnail({ instanceId, modality, className }: ThumbnailProps) {
  const [failed, setFailed] = useState(false)
  const Icon = instanceId === null ? FileText : ImageOff
  return (
    <PictureFrame
      className={className}
      src={instanceId === null || failed ? '' : `data/thumbnail/${instanceId}`}
      alt=""
      onError={() => setFailed(true)}
      instead={<Icon size={20} strokeWidth={1.5} aria-hidden="true" />}
    >
      <span className={css.modality}>{modality}</span>
    </PictureFrame>
  )
}
