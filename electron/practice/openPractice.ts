import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SettingsOverrides } from '#electron/settings/settingsStore.ts'
import type { Workstation } from '#electron/workstation.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import type { Wire } from '#shared/contract/wire.ts'
import { type PracticeDevice, practiceDevice } from './practiceDevice.ts'
import { LOOPBACK, PACS_AE_TITLE, PACS_NAME, PRACTICE_AE_TITLE } from './practiceNames.ts'
import { openPracticePacs, type PracticePacs } from './practicePacs.ts'

/** What practice is for the operations of the contract, in the workstation itself and in that of practice. */
export interface Practice {
  /** There in the practice workstation alone. */
  readonly device: PracticeDevice | undefined
  /** Whether there is anything to remove. */
  isKept(): boolean
  remove(): Promise<void>
}

export interface PracticeHost extends Practice {
  /** Starts it where it does not run yet. */
  ready(): Promise<void>
  serve(wire: Wire): void
  dataPlane(request: Request): Promise<Response>
  close(): Promise<void>
}

export interface PracticeParts {
  /** Of the workstation itself; practice has a folder of its own in it, and nothing elsewhere. */
  dataFolder: string
  open(options: {
    dataFolder: string
    overrides: SettingsOverrides
    serversIni: string
    practice: Practice
  }): Promise<Workstation>
  idleMs?: number
}

/** So long after its last window it ends: its threads and its memory belong to those who work. */
const IDLE_MS = 60_000
/** The answer to whoever removed it still goes over its own wire. */
const LAST_WORD_MS = 1000

/** Nothing comes in from outside: what is real does not belong among what is removed with one button. */
const CLOSED = { hl7Listener: false, restOrders: false, requestFolder: '', dicomwebServer: false } as const

interface Running {
  workstation: Workstation
  pacs: PracticePacs
}

/**
 * Practice is a whole workstation of its own in a folder of its own, with a simulated device and a simulated PACS around it,
 * on loopback. No list, rule, server or device of the clinic's knows of it: that is why removing it can take nothing else.
 */
export function openPractice({ dataFolder, open, idleMs = IDLE_MS }: PracticeParts): PracticeHost {
  const folder = join(dataFolder, 'practice')
  const wires = new Set<Wire>()
  let running: Promise<Running> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined
  let isClosed = false

  async function start(): Promise<Running> {
    mkdirSync(folder, { recursive: true })
    const pacs = await openPracticePacs(join(folder, 'pacs'))
    try {
      const serversIni = join(folder, 'servers.ini')
      writeFileSync(serversIni, serverEntry(pacs.port))
      let workstation: Workstation | undefined
      const port = () => {
        const state = workstation?.listener.state()
        return state?.state === 'listening' ? state.port : 0
      }
      const device = practiceDevice({ node: pacs.node, folder: join(folder, 'device'), port })
      workstation = await open({
        dataFolder: join(folder, 'workstation'),
        serversIni,
        practice: { device, isKept, remove },
        overrides: {
          ...{ aeTitle: PRACTICE_AE_TITLE, dicomPort: 0, bindAddress: LOOPBACK, ...checksOf('any') },
          ...{ answerWorklist: true, answerPerformedSteps: true, answerQueryRetrieve: true },
          ...CLOSED,
        },
      })
      const { servers } = workstation
      const [first] = servers.rows()
      if (first && !servers.rows().some(({ isDefault }) => isDefault)) servers.setDefault(first.serverId)
      return { workstation, pacs }
    } catch (error) {
      await pacs.close()
      throw error
    }
  }

  /** One after the other: what ends has ended before it begins again. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = turn.then(work)
    turn = next.catch(() => {})
    return next
  }

  function ready(): Promise<Running> {
    if (isClosed) return Promise.reject(new Error('The workstation ends'))
    if (running) return running
    const begun = inTurn(start)
    running = begun
    begun.then(endWhenIdle, () => {})
    begun.catch(() => {
      if (running === begun) running = undefined
    })
    return begun
  }

  function end(): Promise<void> {
    clearTimeout(idle)
    const before = running
    running = undefined
    return inTurn(async () => {
      const was = await before?.catch(() => undefined)
      await was?.workstation.close(0)
      await was?.pacs.close()
    })
  }

  const isKept = () => existsSync(folder)

  async function remove(): Promise<void> {
    void end().catch(() => {})
    await inTurn(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
    const old = [...wires]
    setTimeout(() => {
      for (const wire of old) wire.close()
    }, LAST_WORD_MS).unref()
  }

  function endWhenIdle(): void {
    clearTimeout(idle)
    if (wires.size === 0) idle = setTimeout(() => void end().catch(() => {}), idleMs).unref()
  }

  function watch(wire: Wire): void {
    clearTimeout(idle)
    wires.add(wire)
    wire.onClose(() => {
      wires.delete(wire)
      endWhenIdle()
    })
  }

  return {
    device: undefined,
    isKept,
    remove,
    ready: async () => void (await ready()),
    serve(wire) {
      watch(wire)
      ready().then(
        ({ workstation }) => workstation.serve(wire),
        (error: unknown) => {
          process.stderr.write(`negatoscope: practice does not start: ${String(error)}\n`)
          wire.close()
        },
      )
    },
    dataPlane: async (request) => (await ready()).workstation.dataPlane(request),
    async close() {
      isClosed = true
      await end()
    },
  }
}

/** The simulated PACS as an administrator would give it to everybody: in the list, and not to be changed by mistake. */
function serverEntry(port: number): string {
  return [
    `[${PACS_NAME}]`,
    `ae_title = ${PACS_AE_TITLE}`,
    `host = ${LOOPBACK}`,
    `port = ${port}`,
    'description = Simulated, on this computer. What is sent there goes with the practice data.',
    'query_retrieve = yes',
    'retrieve_by = get',
    '',
  ].join('\n')
}
