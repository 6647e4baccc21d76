import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { killAll, run, start, stop } from '../workstation/spawned.ts'
import { until } from '../workstation/until.ts'
import { answers, freePort } from './freePort.ts'
import type { Peer } from './peer.ts'

export interface WorklistEntry {
  patientName: string
  patientId: string
  accessionNumber: string
  studyInstanceUID: string
  station: string
  /** DA. */
  date: string
}

/** One entry as DCMTK's dump2dcm reads it. */
function dumpOf(entry: WorklistEntry): string {
  return `(0008,0005) CS [ISO_IR 192]
(0008,0050) SH [${entry.accessionNumber}]
(0010,0010) PN [${entry.patientName}]
(0010,0020) LO [${entry.patientId}]
(0010,0030) DA [20180301]
(0010,0040) CS [M]
(0010,2201) LO [Canine]
(0010,2292) LO [Beagle]
(0020,000d) UI ${entry.studyInstanceUID}
(0032,1060) LO [Thorax 2 views]
(0040,1001) SH [RP1]
(0040,0100) SQ
(fffe,e000) na
(0008,0060) CS [CT]
(0040,0001) AE [${entry.station}]
(0040,0002) DA [${entry.date}]
(0040,0003) TM [093000]
(0040,0007) LO [Thorax lateral and VD]
(0040,0009) SH [SPS1]
(fffe,e00d) na
(fffe,e0dd) na
`
}

/** Worklist files of DCMTK's kind in a folder of the AE title, as wlmscpfs and Orthanc's plugin read them. */
export async function writeWorklist(folder: string, entries: readonly WorklistEntry[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'lockfile'), '')
  for (const [at, entry] of entries.entries()) {
    const dump = join(folder, `${at}.dump`)
    writeFileSync(dump, dumpOf(entry))
    const { code, stderr } = await run('dump2dcm', ['+te', '-q', dump, join(folder, `${at}.wl`)])
    if (code !== 0) throw new Error(stderr)
  }
}

/** `wlmscpfs` with these entries, which it gives back in the character set in which they were written. */
export async function startWlmscpfs(folder: string, entries: readonly WorklistEntry[]): Promise<Peer> {
  const aeTitle = 'WLAE'
  await writeWorklist(join(folder, aeTitle), entries)
  const port = await freePort()
  const spawned = start('wlmscpfs', ['-csk', '-dfp', folder, String(port)])
  await until(`wlmscpfs on ${port}`, async () => ((await answers(port)) ? true : undefined))
  const end = () => stop(spawned)
  return { aeTitle, port, process: spawned, stop: end, killAll: () => killAll(spawned), [Symbol.asyncDispose]: end }
}
