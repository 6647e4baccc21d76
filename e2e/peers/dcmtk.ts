import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { killAll, run, start, stop } from '../workstation/spawned.ts'
import { until } from '../workstation/until.ts'
import { answers, freePort } from './freePort.ts'
import type { Peer } from './peer.ts'

/** `storescp` that writes what it gets bit by bit (+B). One child an association, as in the field, unless `fork` is off. */
export async function startStorescp({
  folder,
  aeTitle = 'STORESCP',
  args = [],
  port,
  fork = true,
}: {
  folder: string
  aeTitle?: string
  args?: string[]
  port?: number
  fork?: boolean
}): Promise<Peer> {
  mkdirSync(folder, { recursive: true })
  const own = port ?? (await freePort())
  const forking = fork ? ['--fork'] : []
  const spawned = start('storescp', [...forking, '-aet', aeTitle, '+B', '+xa', '-od', folder, ...args, String(own)])
  await until(`storescp on ${own}`, async () => ((await answers(own)) ? true : undefined))
  const end = () => stop(spawned)
  return {
    aeTitle,
    port: own,
    process: spawned,
    stop: end,
    killAll: () => killAll(spawned),
    [Symbol.asyncDispose]: end,
  }
}

export interface MoveDestination {
  aeTitle: string
  port: number
}

/** `dcmqrscp` with an empty database; answers FIND, MOVE, GET and takes stores. */
export async function startDcmqrscp(folder: string, destinations: MoveDestination[]): Promise<Peer> {
  const database = join(folder, 'database')
  mkdirSync(database, { recursive: true })
  const port = await freePort()
  const names = destinations.map((_, index) => `d${index}`)
  const hosts = destinations.map((one, index) => `d${index} = (${one.aeTitle}, 127.0.0.1, ${one.port})`)
  const configuration = [
    `NetworkTCPPort = ${port}`,
    'MaxPDUSize = 65536',
    'MaxAssociations = 8',
    'HostTable BEGIN',
    ...hosts,
    ...(names.length > 0 ? [`all = ${names.join(', ')}`] : []),
    'HostTable END',
    'VendorTable BEGIN',
    'VendorTable END',
    'AETable BEGIN',
    `DCMQRSCP ${database} RW (1000, 2048mb) ANY`,
    'AETable END',
  ]
  const file = join(folder, 'dcmqrscp.cfg')
  writeFileSync(file, `${configuration.join('\n')}\n`)
  const spawned = start('dcmqrscp', ['-c', file])
  await until(`dcmqrscp on ${port}`, async () => ((await answers(port)) ? true : undefined))
  const end = () => stop(spawned)
  return {
    aeTitle: 'DCMQRSCP',
    port,
    process: spawned,
    stop: end,
    killAll: () => killAll(spawned),
    [Symbol.asyncDispose]: end,
  }
}

export interface SendResult {
  code: number | null
  output: string
}

/** Sends files or folders the way that fits each file (dcmsend proposes what the files are stored in). */
export async function dcmsend(to: MoveDestination, files: string[], args: string[] = []): Promise<SendResult> {
  const { code, stdout, stderr } = await run(
    'dcmsend',
    ['-v', '-aet', 'DCMSEND', '-aec', to.aeTitle, '-nuc', '-nh', ...args, '127.0.0.1', String(to.port), ...files],
    { timeoutMs: 300_000 },
  )
  return { code, output: stdout + stderr }
}

/** Sends files the way an older modality does: one proposal for all, uncompressed. */
export async function storescu(to: MoveDestination, files: string[]): Promise<SendResult> {
  const { code, stdout, stderr } = await run(
    'storescu',
    ['-v', '-nh', '-R', '-aet', 'STORESCU', '-aec', to.aeTitle, '127.0.0.1', String(to.port), ...files],
    { timeoutMs: 300_000 },
  )
  return { code, output: stdout + stderr }
}
