import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#electron/jobs/clock.ts'
import type { SettingsOverrides } from '#electron/settings/settingsStore.ts'
import { openWorkstation } from '#electron/workstation.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'

/** For tests: a whole workstation in a folder of its own, on free ports of the loopback. */
export async function openTestWorkstation(
  aeTitle: string,
  dataFolder = mkdtempSync(join(tmpdir(), 'negatoscope-t-')),
  overrides: SettingsOverrides = checksOf('any'),
  clock?: Clock,
) {
  const workstation = await openWorkstation({
    dataFolder,
    overrides: { aeTitle, dicomPort: 0, bindAddress: '127.0.0.1', ...overrides },
    rebuildIndex: false,
    host: 'headless',
    passphrase: 'of a test',
    ...(clock && { clock }),
  })
  const state = workstation.listener.state()
  if (state.state !== 'listening') throw new Error('The test workstation does not listen')
  const { transfers, servers } = workstation
  return {
    ...workstation,
    dataFolder,
    port: state.port,
    addServer(name: string, port: number, more: Partial<ServerFields> = {}) {
      const { serverId, ...row } = servers.add(state.port)
      return servers.update(serverId, { ...row, name, aeTitle: 'PEER', port, ...more }).serverId
    },
    async importFiles(files: { name: string; bytes: Uint8Array }[]) {
      const transferId = transfers.beginImport({ title: 'folder', files: files.length })
      const answers = []
      for (const { name, bytes } of files) {
        const body = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
        answers.push(await transfers.importFile(transferId, name, body))
      }
      transfers.finishImport(transferId)
      return { transferId, answers }
    },
    async ended(transferId: string, timeoutMs = 60_000): Promise<TransferRow> {
      const row = () => transfers.row(transferId)
      const { promise, resolve, reject } = Promise.withResolvers<TransferRow>()
      const look = () => {
        const now = row()
        if (now?.endedAt) resolve(now)
      }
      const forget = transfers.onChange(look)
      const late = () => reject(new Error(`The transfer did not end: ${JSON.stringify(row())}`))
      const timer = setTimeout(late, timeoutMs)
      look()
      try {
        return await promise
      } finally {
        clearTimeout(timer)
        forget()
      }
    },
    async stop(keep = false) {
      await workstation.close(0)
      if (!keep) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
export type TestWorkstation = Awaited<ReturnType<typeof openTestWorkstation>>
