import { FileText, ImageOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { PictureFrame } from '../strip/PictureFrame.tsx'
import css from './RemotePicture.module.css'
import type { SeriesThere } from './seriesThere.ts'

/** What a series at a server looks like; asked for when it comes into sight. */
export function RemotePicture({ series, title }: { series: SeriesThere; title: string }) {
  const frame = useRef<HTMLSpanElement>(null)
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  const { data, error } = useQueryOperation('studies', 'remotePicture', series, { enabled: isSeen })
  const [broken, setBroken] = useState('')
  const why = error?.message ?? (data?.picture === '' ? 'Nothing of it can be drawn.' : '')
  const Icon = error || broken !== '' ? ImageOff : FileText
  return (
    <PictureFrame
      ref={frame}
      className={css.small}
      title={why || undefined}
      src={data && broken !== data.picture ? data.picture : ''}
      alt={`Preview of ${title}`}
      onError={() => setBroken(data?.picture ?? '')}
      instead={
        (error || data) && <Icon size={16} strokeWidth={1.5} aria-label={why || 'The picture cannot be shown.'} />
      }
    />
  )
}
