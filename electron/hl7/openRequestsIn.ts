import type { Archive } from '#electron/archive/openArchive.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import { KeptPort } from './keptPort.ts'
import { MllpServer } from './mllpServer.ts'
import { OrderServer } from './orderServer.ts'
import { newToken } from './orderToken.ts'
import { RequestFolder } from './requestFolder.ts'

type WayIn = 'hl7' | 'folder' | 'rest'

export interface RequestsIn {
  /** Each as a sentence; '' where it is switched off. `hindered`: which of them are. */
  state(): { hl7: string; folder: string; rest: string; hindered: WayIn[] }
  /** For whoever sends over REST; the one before is good no longer. It is shown once and kept as its hash. */
  makeToken(): string
  close(): Promise<void>
}

/** The token is the only lock, so nothing from outside of this computer gets as far as the door. */
const LOOPBACK = '127.0.0.1'

/** Keeps the ways in for requests as the settings say; all are off until a person switches them on. */
export function openRequestsIn(
  desk: Pick<Archive, 'reader' | 'writer'>,
  settings: Pick<SettingsStore, 'current' | 'onChange' | 'update'>,
): RequestsIn {
  let turn: Promise<void> = Promise.resolve()
  let closed = false
  let folder: { path: string; watch: RequestFolder } | undefined
  const next = () => {
    turn = turn.then(apply).catch(() => {})
    return turn
  }
  const again = () => void next()
  const hl7 = new KeptPort<MllpServer>(again)
  const rest = new KeptPort<OrderServer>(again)

  async function apply(): Promise<void> {
    const { hl7Listener, hl7Port, bindAddress, requestFolder, restOrders, restPort } = settings.current()
    await hl7.apply(hl7Listener && !closed ? { port: hl7Port, host: bindAddress } : undefined, () =>
      MllpServer.listen(desk, { port: hl7Port, host: bindAddress === '' ? undefined : bindAddress }),
    )
    await rest.apply(restOrders && !closed ? { port: restPort, host: LOOPBACK } : undefined, () =>
      OrderServer.listen(desk, {
        ...{ port: restPort, host: LOOPBACK },
        tokenHash: () => settings.current().restTokenHash,
      }),
    )
    const path = closed ? '' : requestFolder
    if (folder && folder.path !== path) {
      await folder.watch.close()
      folder = undefined
    }
    if (path !== '' && !folder) folder = { path, watch: new RequestFolder(desk, path) }
  }
  const stop = settings.onChange(again)
  again()
  return {
    state: () => ({
      hindered: [
        ...(hl7.problem ? ['hl7' as const] : []),
        ...(rest.problem || (rest.server && settings.current().restTokenHash === '') ? ['rest' as const] : []),
        ...(folder?.watch.problem ? ['folder' as const] : []),
      ],
      hl7: hl7.problem || (hl7.server ? `HL7 orders are taken on port ${hl7.server.port}.` : ''),
      folder: folder ? folder.watch.problem || 'Files of the folder are taken.' : '',
      rest: rest.problem || restState(rest.server, settings.current().restTokenHash !== ''),
    }),
    makeToken() {
      const { token, hash } = newToken()
      settings.update({ restTokenHash: hash })
      return token
    },
    async close() {
      closed = true
      stop()
      await next()
    },
  }
}

function restState(server: OrderServer | undefined, hasToken: boolean): string {
  if (!server) return ''
  if (!hasToken) return 'REST orders are refused: make a token for the program that sends them.'
  const { strangers } = server
  const refused =
    strangers === 0 ? '' : ` ${strangers} ${strangers === 1 ? 'call' : 'calls'} without the token refused.`
  return `REST orders are taken at http://${LOOPBACK}:${server.port}/orders.${refused}`
}
