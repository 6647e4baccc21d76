import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { find } from '../run/debianPackages.ts'
import { UNFORGIVEN } from '../run/unforgiven.ts'
import { addServer } from '../workstation/addServer.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { readStraceLog, STRACE_OPTIONS, TRACED_CALLS } from './straceLog.ts'

/** `npm run crash -- --list-kills 20` is the long run. */
const KILLS = Number(process.env.CRASH_LIST_KILLS ?? 3)
const SERVERS = 1000
const LONGEST_LIFE_MS = 300

interface Kept {
  servers: { name: string; description: string }[]
}

function keptList(dataFolder: string): Kept {
  return JSON.parse(readFileSync(join(dataFolder, 'config', 'servers.json'), 'utf8')) as Kept
}

test('a changed list of servers is on disk before it takes the name of the old one, and its folder after', async () => {
  test.skip(!find('strace'), 'strace is not installed (apt-get install strace)')
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const log = join(folder.path, 'strace.log')
  const under = ['strace', ...STRACE_OPTIONS, '-o', log, '-e', `trace=${TRACED_CALLS}`]
  const workstation = await startWorkstation({ dataFolder, under })
  try {
    using connection = await connect(workstation.url)
    await addServer(connection.ask, { name: 'Kept', aeTitle: 'KEPT', port: 104 })
  } finally {
    process.kill(workstation.pid, 'SIGTERM')
    await workstation.process.exitCode
  }
  const file = join(dataFolder, 'config', 'servers.json')
  const calls = readStraceLog(log).filter(({ paths }) =>
    paths.some((path) => path.startsWith(file) || path === join(dataFolder, 'config')),
  )
  const renames = calls.filter(({ name }) => name.startsWith('rename'))
  // One for the entry, one for its values.
  expect(renames.map(({ paths }) => paths)).toEqual([
    [`${file}.tmp`, file],
    [`${file}.tmp`, file],
  ])
  for (const rename of renames) {
    const before = calls.filter((call) => call.end < rename.start && call.paths[0] === `${file}.tmp`)
    expect(before.at(-1)?.name).toBe('fsync')
    const after = calls.find((call) => call.start > rename.end)
    expect([after?.name, after?.paths[0]]).toEqual(['fsync', join(dataFolder, 'config')])
  }
})

test(`${KILLS} SIGKILLs while servers are saved leave the old list or the new one, whole, and nothing that was saved is lost`, async () => {
  test.setTimeout(120_000 + KILLS * 20_000)
  using folder = temporaryFolder()
  const dataFolder = join(folder.path, 'data')
  const rows = Array.from({ length: SERVERS }, (_, at) => `Server ${at},AE${at},10.0.${at >> 8}.${at & 255},104`)
  let saved = 0
  for (let life = 1; life <= KILLS; life += 1) {
    const workstation = await startWorkstation({ dataFolder })
    const connection = await connect(workstation.url)
    if (life === 1) await connection.ask.servers.importList({ text: `name,aeTitle,host,port\n${rows.join('\n')}\n` })
    const [first] = await connection.ask.servers.list({})
    if (!first) throw new Error('The list is empty')
    const { serverId, isDefault, lastTest, revision, readOnly, ...fields } = first
    let isDead = false
    const before = saved
    const saving = (async () => {
      while (!isDead) {
        const next = saved + 1
        await connection.ask.servers.update({ serverId, fields: { ...fields, description: `Save ${next}` } })
        saved = next
      }
    })().catch(() => {})
    await until('saves of this life', async () => saved > before + 5 || undefined, 60_000)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS))
    process.kill(workstation.pid, 'SIGKILL')
    await workstation.process.exitCode
    isDead = true
    connection[Symbol.dispose]()
    await saving
    const { servers } = keptList(dataFolder)
    expect(servers, UNFORGIVEN).toHaveLength(SERVERS)
    // The one under way may have been written without being acknowledged.
    expect([`Save ${saved}`, `Save ${saved + 1}`], UNFORGIVEN).toContain(servers[0]?.description)
    saved = Number(servers[0]?.description.slice('Save '.length))
  }
  console.log(`${KILLS} kills, ${saved} saves of ${SERVERS} servers`)
})
