import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openServers } from './serverList.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-servers-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const names = (list: ReturnType<typeof openServers>) => list.rows().map((row) => row.name)

test('an added server has default values, our port to listen on, and is kept', () => {
  const row = openServers(folder).add(11112)
  expect(row).toMatchObject({ name: 'New server', port: 104, listenPort: 11112, queryRetrieve: true, isDefault: true })
  expect(openServers(folder).rows()).toEqual([row])
})

test('a duplicate stands below its original with everything but the name', () => {
  const list = openServers(folder)
  const first = list.add(11112)
  list.add(11112)
  list.update(first.serverId, { ...first, name: 'X', aeTitle: 'ABC', tls: true })
  const copy = list.duplicate(first.serverId)
  expect(names(list)).toEqual(['X', 'X 2', 'New server 2'])
  expect(copy).toMatchObject({ aeTitle: 'ABC', tls: true, isDefault: false })
})

test('a name that another server has is refused', () => {
  const list = openServers(folder)
  const first = list.add(11112)
  const second = list.add(11112)
  expect(() => list.update(second.serverId, { ...second, name: first.name.toUpperCase() })).toThrow(/already a server/)
  expect(list.update(second.serverId, { ...second, host: 'pacs' }).host).toBe('pacs')
})

test('what was deleted comes back to the same place under the same id', () => {
  const list = openServers(folder)
  const ids = [1, 2, 3].map(() => list.add(11112).serverId)
  list.delete(ids[1]!)
  expect(names(list)).toEqual(['New server', 'New server 3'])
  expect(list.restore(ids[1]!).serverId).toBe(ids[1])
  expect(names(list)).toEqual(['New server', 'New server 2', 'New server 3'])
  expect(list.rows()[0]?.isDefault).toBe(true)
})

test('ids are never given again', () => {
  const list = openServers(folder)
  const { serverId } = list.add(11112)
  list.delete(serverId)
  expect(openServers(folder).add(11112).serverId).toBe(serverId + 1)
})

test('moving stops at either end', () => {
  const list = openServers(folder)
  const [a, b] = [list.add(11112), list.add(11112)]
  list.move(a.serverId, -1)
  list.move(a.serverId, 1)
  list.move(a.serverId, 1)
  expect(list.rows().map((row) => row.serverId)).toEqual([b.serverId, a.serverId])
})

test('one server at most is the default', () => {
  const list = openServers(folder)
  const [, b] = [list.add(11112), list.add(11112)]
  list.setDefault(b.serverId)
  expect(list.rows().map((row) => row.isDefault)).toEqual([false, true])
})

test('a device that only sends is the default only when a person says so', () => {
  const list = openServers(folder)
  const device = list.add(11112)
  list.update(device.serverId, { ...device, queryRetrieve: false })
  expect(list.get(device.serverId).isDefault).toBe(false)
  expect(list.add(11112).isDefault).toBe(true)
  list.setDefault(device.serverId)
  list.update(device.serverId, { ...list.get(device.serverId), description: 'CT' })
  expect(list.get(device.serverId).isDefault).toBe(true)
})

test('a broken file is said in one line and kept aside', () => {
  openServers(folder).add(11112)
  const file = join(folder, 'config', 'servers.json')
  const broken = readFileSync(file, 'utf8').slice(0, -20)
  writeFileSync(file, broken)
  const list = openServers(folder)
  expect(list.notice).toMatch(/servers\.json is not usable \(it is not JSON\)/)
  expect(list.notice).not.toContain('\n')
  list.add(11112)
  const aside = readdirSync(join(folder, 'config')).find((name) => name.includes('broken'))
  expect(readFileSync(join(folder, 'config', aside ?? ''), 'utf8')).toBe(broken)
})
