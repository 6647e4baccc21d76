import { ChevronDown, File, Folder, FolderInput } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { collectChosen } from './collectFiles.ts'
import { importFiles } from './importFiles.ts'

/** Files or a folder with everything under it; a disc is a folder. */
export function ImportMenu({ trigger }: { trigger?: ReactElement }) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement | null>(null)
  const take = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) {
      void importFiles(collectChosen(input.files))
    }
    input.value = ''
  }
  return (
    <>
      <Menu
        items={[
          { label: 'Files', icon: File, onSelect: () => files.current?.click() },
          { label: 'Folder or disc', icon: Folder, onSelect: () => folder.current?.click() },
        ]}
        trigger={
          trigger ?? (
            <Button variant="plain" icon={FolderInput}>
              Import
              <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
            </Button>
          )
        }
      />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => take(event.target)}
      />
      <input
        ref={(input) => {
          folder.current = input
          if (input) input.webkitdirectory = true
        }}
        type="file"
        hidden
        aria-label="Folder to import"
        onChange={(event) => take(event.target)}
      />
    </>
  )
}
