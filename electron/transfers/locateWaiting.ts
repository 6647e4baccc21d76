import type { ArchiveReaderApi, StoredInstance } from '#electron/archive/archiveApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfer } from './transfer.ts'

/** The files of what is still to send, where they are now. What is no longer here fails. */
export async function locateWaiting(
  transfer: Transfer,
  reader: Pick<Remote<ArchiveReaderApi>, 'holds' | 'locate'>,
): Promise<StoredInstance[]> {
  const waiting = [...transfer.items.values()].filter(({ state }) => state === 'waiting')
  const here = await reader.holds(waiting.map(({ key }) => key))
  for (const { key } of waiting)
    if (here[key] === undefined)
      transfer.item({ key, state: 'failed', status: null, note: 'This image is no longer on this workstation.' })
  return reader.locate({ instanceIds: Object.values(here) })
}
