import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoStudies } from '#electron/demo/demoStudies.ts'
import { readManifest } from '../corpus/manifest.ts'
import { run } from '../workstation/spawned.ts'

/** The files that the conformance suite sends: those of `SAMPLES_DIR` that are to be kept, else our own generator's. */
export function testFiles(scratch: string): string[] {
  const samples = process.env.SAMPLES_DIR
  if (samples) {
    const rows = readManifest(samples).filter((row) => row.expected !== 'must be rejected with clear error')
    return rows.map((row) => join(samples, row.path))
  }
  const folder = join(scratch, 'generated')
  mkdirSync(folder, { recursive: true })
  return [...demoStudies()].map(({ bytes }, index) => {
    const path = join(folder, `${index}.dcm`)
    writeFileSync(path, bytes)
    return path
  })
}

const AT_A_TIME = 4

/** Sets of files of which no two share a SOP Instance UID; what DCMTK cannot read is left out. */
export async function withoutSharedUids(files: string[]): Promise<string[][]> {
  const rounds: { uids: Set<string>; files: string[] }[] = []
  for (let at = 0; at < files.length; at += AT_A_TIME) {
    const some = files.slice(at, at + AT_A_TIME)
    const uids = await Promise.all(some.map(sopInstanceUidOf))
    some.forEach((file, index) => {
      const uid = uids[index]
      if (uid === undefined) return
      const round = rounds.find((one) => !one.uids.has(uid)) ?? { uids: new Set<string>(), files: [] }
      if (round.files.length === 0) rounds.push(round)
      round.uids.add(uid)
      round.files.push(file)
    })
  }
  return rounds.map((round) => round.files)
}

async function sopInstanceUidOf(file: string): Promise<string | undefined> {
  const { stdout } = await run('dcmdump', ['-q', '-s', '+P', '0008,0018', file])
  return /\[([^\]]+)\]/.exec(stdout)?.[1]
}
