import type { ReactNode, Ref } from 'react'
import { classNames } from '../../../ui/classNames.ts'
import css from './Thumbnail.module.css'

interface PictureFrameProps {
  /** '' where there is none. */
  src: string
  alt: string
  onError: () => void
  /** In place of a picture. */
  instead: ReactNode
  className?: string | undefined
  title?: string | undefined
  ref?: Ref<HTMLSpanElement>
  children?: ReactNode
}

/** What a series looks like, whole, on black as in the viewer. */
export function PictureFrame({ src, alt, onError, instead, className, title, ref, children }: PictureFrameProps) {
  return (
    <span ref={ref} className={classNames(css.frame, className)} title={title}>
      {src === '' ? instead : <img className={css.image} src={src} alt={alt} draggable={false} onError={onError} />}
      {children}
    </span>
  )
}
