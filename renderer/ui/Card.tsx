import type { ComponentProps } from 'react'
import css from './Card.module.css'
import { classNames } from './classNames.ts'

export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={classNames(css.card, className)} />
}
