import type { Archive } from '#electron/archive/openArchive.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import { MllpServer } from './mllpServer.ts'
import { RequestFolder } from './requestFolder.ts'

export interface RequestsIn {
  /** Each as a sentence; '' where it is switched off. */
  state(): { hl7: string; folder: string }
  close(): Promise<void>
}

const AGAIN_MS = 5000

/** Keeps the HL7 port and the watched folder as the settings say; both are off until a person switches them on. */
export function openRequestsIn(
  desk: Pick<Archive, 'reader' | 'writer'>,
  settings: Pick<SettingsStore, 'current' | 'onChange'>,
): RequestsIn {
  let mllp: { key: string; server: MllpServer } | undefined
  let folder: { path: string; watch: RequestFolder } | undefined
  let hl7Problem = ''
  let turn: Promise<void> = Promise.resolve()
  let closed = false
  let retry: NodeJS.Timeout | undefined

  async function apply(): Promise<void> {
    const { hl7Listener, hl7Port, bindAddress, requestFolder } = settings.current()
    const wanted = hl7Listener && !closed ? `${bindAddress} ${hl7Port}` : ''
    if (mllp && mllp.key !== wanted) {
      await mllp.server.close()
      mllp = undefined
    }
    hl7Problem = ''
    clearTimeout(retry)
    if (wanted !== '' && !mllp) {
      try {
        const host = bindAddress === '' ? undefined : bindAddress
        mllp = { key: wanted, server: await MllpServer.listen(desk, { port: hl7Port, host }) }
      } catch (error) {
        const code = (error as { code?: string }).code ?? 'unknown error'
        hl7Problem =
          code === 'EADDRINUSE'
            ? `Another program has port ${hl7Port}. Choose another one, or end that program.`
            : `Port ${hl7Port} cannot be opened (${code}). Choose another one.`
        retry = setTimeout(next, AGAIN_MS).unref()
      }
    }
    const path = closed ? '' : requestFolder
    if (folder && folder.path !== path) {
      await folder.watch.close()
      folder = undefined
    }
    if (path !== '' && !folder) folder = { path, watch: new RequestFolder(desk, path) }
  }
  const next = () => {
    turn = turn.then(apply).catch(() => {})
    return turn
  }
  const stop = settings.onChange(() => void next())
  void next()
  return {
    state: () => ({
      hl7: hl7Problem || (mllp ? `HL7 orders are taken on port ${mllp.server.port}.` : ''),
      folder: folder ? folder.watch.problem || 'Files of the folder are taken.' : '',
    }),
    async close() {
      closed = true
      stop()
      clearTimeout(retry)
      await next()
    },
  }
}
