import { TriangleAlert } from 'lucide-react'
import css from './SettingsProblem.module.css'

/** Which settings could not be read, and what holds in their place. */
export function SettingsProblem({ problem }: { problem: string }) {
  if (problem === '') return null
  return (
    <p className={css.problem} role="alert">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
      <span>{problem}</span>
    </p>
  )
}
