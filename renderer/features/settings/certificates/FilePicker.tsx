import { FolderOpen } from 'lucide-react'
import { useId, useRef } from 'react'
import { Button } from '../../../ui/Button.tsx'
import css from './Certificates.module.css'

interface FilePickerProps {
  label: string
  files: readonly File[]
  onChange(files: readonly File[]): void
  multiple?: boolean
  error?: string | undefined
}

export const CERTIFICATE_FILES = '.pem,.crt,.cer,.der,.key,.p12,.pfx,.p7b'

export function FilePicker({ label, files, onChange, multiple, error }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  return (
    <div>
      <div className={css.picker}>
        <Button icon={FolderOpen} aria-describedby={`${id}-note`} onClick={() => input.current?.click()}>
          {label}
        </Button>
        <span className={`ellipsis ${css.chosen}`}>
          {files.length === 0 ? 'Nothing chosen yet' : files.map(({ name }) => name).join(', ')}
        </span>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple ?? false}
        accept={CERTIFICATE_FILES}
        aria-label={label}
        onChange={(event) => {
          onChange([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <div id={`${id}-note`} className={css.error} role={error ? 'alert' : undefined}>
        {error}
      </div>
    </div>
  )
}
