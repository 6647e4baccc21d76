import { useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import { client } from '../../../api/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { showToast } from '../../../ui/toast.ts'
import settingsCss from '../SettingsPage.module.css'
import { FilePicker } from './FilePicker.tsx'
import { readBase64, tooLarge } from './readBase64.ts'

/** PEM in one file or two, or PKCS#12; with its password where it has one. */
export function ImportDialog({ replaces, onClose }: { replaces: boolean; onClose(): void }) {
  const [files, setFiles] = useState<readonly File[]>([])
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<{ message: string; field: string | undefined }>()
  const [isReading, setReading] = useState(false)
  const filesProblem =
    tooLarge(files) ?? (files.length > 2 ? 'At most two files: a certificate and its key.' : undefined)
  const read = async () => {
    setReading(true)
    try {
      await client.certificates.importOwn({ files: await Promise.all(files.map(readBase64)), password })
      showToast({ tone: 'ok', message: 'The certificate is in use from the next connection on.' })
      onClose()
    } catch (error) {
      const known = error instanceof ApiError ? error : undefined
      setProblem({ message: known?.message ?? 'The file could not be read. Try again.', field: known?.field })
    } finally {
      setReading(false)
    }
  }
  return (
    <Dialog
      title="Import a certificate"
      width={560}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            disabled={files.length === 0 || filesProblem !== undefined || isReading}
            onClick={() => void read()}
          >
            Import
          </Button>
        </>
      }
    >
      <form
        className={settingsCss.section}
        onSubmit={(event) => {
          event.preventDefault()
          if (files.length > 0 && !filesProblem && !isReading) void read()
        }}
      >
        <p className="secondary">
          A PKCS#12 file (.p12, .pfx) with its password, or certificate and private key as PEM. The answer of an
          authority to our request comes alone.
          {replaces && ' It replaces the certificate of now.'}
        </p>
        <FilePicker
          label="Choose one or two files"
          multiple
          files={files}
          onChange={(chosen) => {
            setFiles(chosen)
            setProblem(undefined)
          }}
          error={filesProblem ?? (problem && problem.field !== 'password' ? problem.message : undefined)}
        />
        <TextField
          label="Password, where the file has one"
          type="password"
          autoComplete="off"
          value={password}
          onChange={(typed) => {
            setPassword(typed)
            setProblem(undefined)
          }}
          error={problem?.field === 'password' ? problem.message : undefined}
          help="Used once to open the file; it is not kept."
        />
      </form>
    </Dialog>
  )
}
