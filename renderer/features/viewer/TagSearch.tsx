import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { TextField } from '../../ui/TextField.tsx'
import css from './TagBrowser.module.css'

interface TagSearchProps {
  text: string
  onChange: (text: string) => void
  /** What else narrows the rows. */
  children?: ReactNode
}

/** The row above a table of tags. */
export function TagSearch({ text, onChange, children }: TagSearchProps) {
  return (
    <div className={css.search}>
      <TextField
        label="Search tags"
        hideLabel
        icon={Search}
        placeholder="Tag, name or value"
        value={text}
        onChange={onChange}
        autoFocus
      />
      {children}
    </div>
  )
}
