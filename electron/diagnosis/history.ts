import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openConfigFile } from '#electron/settings/configFile.ts'
import { type DiagnosisRun, diagnosisRun } from '#shared/contract/diagnosis.ts'

const KEPT = 20
const stored = z.object({ runs: z.array(diagnosisRun) })

export interface DiagnosisHistory {
  /** Newest first. */
  of(serverId: number): DiagnosisRun[]
  add(serverId: number, run: DiagnosisRun): void
  clear(serverId: number): void
}

/** The last runs of each server, one small file each. Servers that are gone leave theirs behind until the next start. */
export function openHistory(dataFolder: string, serverIds: readonly number[]): DiagnosisHistory {
  const folder = join(dataFolder, 'config', 'diagnosis')
  mkdirSync(folder, { recursive: true })
  const known = new Set(serverIds.map(fileName))
  for (const name of readdirSync(folder))
    if (/^server-\d+\.json$/.test(name) && !known.has(name)) rmSync(join(folder, name), { force: true })
  const open = (serverId: number) => openConfigFile(join(folder, fileName(serverId)), stored)
  return {
    of: (serverId) => open(serverId).value?.runs ?? [],
    add(serverId, run) {
      const file = open(serverId)
      file.write({ runs: [run, ...(file.value?.runs ?? [])].slice(0, KEPT) })
    },
    clear: (serverId) => rmSync(join(folder, fileName(serverId)), { force: true }),
  }
}

const fileName = (serverId: number) => `server-${Math.trunc(serverId)}.json`
