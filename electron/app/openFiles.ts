import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { Workstation } from '#electron/workstation.ts'

/** A file that the system hands over is imported by the road of every other import, and shown in Transfers. */
export async function openFiles(
  { transfers }: Pick<Workstation, 'transfers'>,
  files: readonly string[],
): Promise<void> {
  if (files.length === 0) return
  const title = files.length === 1 ? basename(files[0] ?? '') : `${files.length} files`
  const transferId = transfers.beginImport({ title, files: files.length })
  try {
    for (const file of files) {
      const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
      // The transfer says of each file what became of it, of a file that cannot be read as well.
      await transfers.importFile(transferId, basename(file), body).catch((error: unknown) => {
        process.stderr.write(
          `open: a file could not be read (${error instanceof Error ? error.name : 'unknown error'})\n`,
        )
      })
    }
  } finally {
    transfers.finishImport(transferId)
  }
}
