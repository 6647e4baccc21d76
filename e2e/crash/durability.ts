import { dirname } from 'node:path'
import { readStoreResponse, type StoreResponse, takePdus } from './storePdus.ts'
import type { SystemCall } from './straceLog.ts'

export interface Proof {
  responses: number
  /** One sentence for each response that came too early. */
  violations: string[]
}

export interface TracedArchive {
  dicomPort: number
  /** The index's write-ahead log. */
  walFile: string
  /** SOP Instance UID -> final file, from the index after the run. */
  files: Map<string, string>
}

const isSync = (call: SystemCall) => call.name === 'fdatasync' || call.name === 'fsync'
const isRename = (call: SystemCall) => call.name.startsWith('rename')
const isWrite = ({ name }: SystemCall) => ['write', 'writev', 'pwrite64', 'ftruncate'].includes(name)
const touches = (path: string) => (call: SystemCall) => call.succeeded && call.paths[0] === path

/**
 * For every C-STORE response 0x0000 that left the DICOM port: the file's data were synced after the last byte was
 * written, the directory was synced after it got its name (and a directory made for it, in its parent), then the index's
 * log received this instance and was synced - all before the first byte of the response.
 */
export function proveDurability(calls: SystemCall[], archive: TracedArchive): Proof {
  const succeeded = calls.filter((call) => call.succeeded)
  const responses = succeeded.flatMap((call) =>
    responsesIn(call, archive.dicomPort).map((response) => ({ call, response })),
  )
  const successes = responses.filter(({ response }) => response.status === 0)
  const violations = successes.flatMap(({ call, response }) => {
    const problem = whatIsMissing(succeeded, call, response, archive)
    return problem ? [`${response.sopInstanceUID}: ${problem}`] : []
  })
  return { responses: successes.length, violations }
}

function responsesIn(call: SystemCall, dicomPort: number): StoreResponse[] {
  const isOurs = call.paths[0]?.startsWith('TCP') && new RegExp(`:${dicomPort}->`).test(call.paths[0])
  if (!isOurs) return []
  const responses: StoreResponse[] = []
  for (const { type, body } of takePdus({ bytes: call.data })) {
    const response = type === 0x04 ? readStoreResponse(body) : undefined
    if (response) responses.push(response)
  }
  return responses
}

function whatIsMissing(
  calls: SystemCall[],
  answer: SystemCall,
  { sopInstanceUID }: StoreResponse,
  archive: TracedArchive,
): string | undefined {
  const file = archive.files.get(sopInstanceUID)
  if (file === undefined) return 'answered with success, but the index does not know it'
  const before = calls.filter((call) => call.end < answer.start)

  const rename = before.findLast((call) => isRename(call) && call.paths.at(-1) === file)
  const temporary = rename?.paths[0]
  if (!rename || temporary === undefined) return `its file ${file} had no name yet`

  // by the name that it had at the moment
  const isFile = (call: SystemCall) => touches(temporary)(call) || touches(file)(call)
  const lastWrite = calls.findLast((call) => isWrite(call) && isFile(call))
  if (!lastWrite) return 'its file was never written'
  const dataSync = before.find((call) => isSync(call) && isFile(call) && call.start > lastWrite.end)
  if (!dataSync) return 'its data were not synced after the last write'

  const directory = dirname(file)
  const directorySync = before.find((call) => isSync(call) && touches(directory)(call) && call.start > rename.end)
  if (!directorySync) return 'its directory was not synced after the rename'

  const made = before.findLast((call) => call.name === 'mkdir' && call.paths[0] === directory)
  const parent = dirname(directory)
  if (made && !before.some((call) => isSync(call) && touches(parent)(call) && call.start > made.end))
    return 'its directory was made, and that was not synced in the parent'

  // A row that reaches the disk before its file is a row without one after a power cut.
  const syncedAt = Math.max(dataSync.end, directorySync.end)
  const logged = before.find(
    (call) =>
      isWrite(call) && touches(archive.walFile)(call) && call.start > syncedAt && call.data.includes(sopInstanceUID),
  )
  if (!logged) return 'the index had not written it after file and directory were synced'
  const logSync = before.find((call) => isSync(call) && touches(archive.walFile)(call) && call.start > logged.end)
  if (!logSync) return "the index's log was not synced after it was written"
  return undefined
}
