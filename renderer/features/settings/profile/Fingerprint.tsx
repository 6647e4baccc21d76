import { Copy } from 'lucide-react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { copyText } from '../../servers/copyText.ts'
import css from './Fingerprint.module.css'

/** To be compared by eye or by paste, so it can be copied. */
export function Fingerprint({ value }: { value: string }) {
  return (
    <span className={css.line}>
      <span className={`mono ${css.value}`} data-selectable>
        {value}
      </span>
      <IconButton
        label="Copy the fingerprint"
        icon={Copy}
        size="small"
        onClick={() => void copyText(value, 'Fingerprint copied')}
      />
    </span>
  )
}
