import { Copy } from 'lucide-react'
import { IconButton } from '../../ui/IconButton.tsx'
import css from './CopyLine.module.css'
import { copyText } from './copyText.ts'

/** Exact text, to be typed or pasted elsewhere. */
export function CopyLine({ text, label = 'Copy' }: { text: string; label?: string }) {
  return (
    <div className={`${css.code} verbatim`} data-selectable>
      <span>{text}</span>
      <IconButton label={label} icon={Copy} size="small" onClick={() => void copyText(text)} />
    </div>
  )
}
