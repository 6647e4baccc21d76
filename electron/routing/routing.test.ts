import { afterEach, expect, test } from 'vitest'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { openDatabase } from '#electron/archive/database.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { MoodyPeer } from '#electron/dicom/testing/moodyPeer.ts'
import { ctDataSet } from '#electron/dicom/testing/testObject.ts'
import { FakeClock } from '#electron/jobs/testing/fakeClock.ts'
import type { SettingsOverrides } from '#electron/settings/settingsStore.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { frontDesk, orderContentOf } from '#electron/worklist/orderFixture.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import type { RuleFields } from '#shared/contract/rules.ts'
import { newUID } from '#shared/dicom/uid.ts'

let stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop()
  stops = []
})

async function start(aeTitle: string, clock: FakeClock, folder?: string, more: SettingsOverrides = {}) {
  const overrides = { ...checksOf('any'), answerQueryRetrieve: true, ...more }
  const workstation = await openTestWorkstation(aeTitle, folder, overrides, clock)
  stops.push(() => workstation.stop())
  return workstation
}

const rule = (serverIds: number[], more: Partial<RuleFields> = {}): RuleFields => ({
  ...{ name: 'Forward', when: 'received', quietMinutes: 2, conditions: [], priority: 'normal', serverIds },
  ...{ action: 'send', timeOfDay: '21:00', priors: { count: 3, sameModality: true, sameBodyPart: false } },
  ...more,
})

/** As a scanner does: stored over an association, under this name. */
async function scan(to: TestWorkstation, aeTitle: string, called: string, images: object[]): Promise<void> {
  const scanner = await openTestWorkstation(aeTitle)
  stops.push(() => scanner.stop())
  const { transferId } = await scanner.importFiles(
    images.map((more, at) => ({
      name: `${at}.dcm`,
      bytes: writePart10({ dataSet: ctDataSet(newUID(), { InstanceNumber: String(at + 1), ...more }) }),
    })),
  )
  const { studyIds } = await scanner.ended(transferId)
  const serverId = scanner.addServer('There', to.port, { aeTitle: called, queryRetrieve: false })
  const [sendId = ''] = await scanner.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  expect(await scanner.ended(sendId)).toMatchObject({ state: 'done' })
}

const sends = (at: TestWorkstation) => at.transfers.rows().filter(({ kind }) => kind === 'send')

/** Rules look a few seconds after the last image; real sockets need a moment of their own. */
async function quiet(clock: FakeClock, ms = 7000): Promise<void> {
  // What arrives carries the time of the computer.
  await clock.advance(Math.max(0, Date.now() - clock.now()))
  for (let step = 0; step < 4; step += 1) {
    await clock.advance(ms / 4 + 1000)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

/** What comes of it at last, however long the sockets take: the clock goes on meanwhile. */
const atLast = <T>(clock: FakeClock, look: () => T) =>
  expect.poll(
    async () => {
      await clock.advance(1000)
      return look()
    },
    { timeout: 60_000 },
  )

test('what a device sends goes on, once and only where it fits; each firing is logged', async () => {
  const clock = new FakeClock(Date.now())
  const here = await start('HERE', clock)
  const there = await start('PEER', clock)
  const serverId = here.addServer('There', there.port)
  const ctOnly = { conditions: [{ field: 'CallingAETitle', test: 'is' as const, value: 'CT1' }] }
  const ruleId = here.routing.add(rule([serverId], ctOnly))
  await scan(here, 'CT1', 'HERE', [{}])
  await here.routing.switch(ruleId, true)
  await quiet(clock)
  expect(sends(here), 'what was here before the rule stays').toEqual([])
  await scan(here, 'CT1', 'HERE', [{ StudyInstanceUID: '1.2.3.7' }, { StudyInstanceUID: '1.2.3.7' }])
  await scan(here, 'DX1', 'HERE', [{ StudyInstanceUID: '1.2.3.8' }])
  await quiet(clock)
  await atLast(clock, () => sends(here).length).toBe(1)
  const [sent] = sends(here)
  expect(await here.ended(sent!.transferId)).toMatchObject({ state: 'done', done: 2, ruleName: 'Forward' })
  await quiet(clock)
  expect(sends(here)).toHaveLength(1)
  expect(await here.routing.firings()).toMatchObject([
    { ruleName: 'Forward', serverName: 'There', images: 2, transferId: sent!.transferId, note: '' },
  ])
  expect((await here.routing.rows())[0]).toMatchObject({ isOn: true, fired: 2 })
}, 240_000)

test('a completed study goes when nothing more came for so long; what comes late goes alone', async () => {
  const clock = new FakeClock(Date.now())
  const here = await start('HERE', clock)
  const there = await start('PEER', clock)
  const ruleId = here.routing.add(rule([here.addServer('There', there.port)], { when: 'completed', quietMinutes: 10 }))
  await here.routing.switch(ruleId, true)
  const { serverIds } = (await here.routing.rows())[0]!
  const changing = here.routing.add(rule(serverIds, { name: 'Changing', action: 'priors', when: 'ordered' }))
  await here.routing.switch(changing, true)
  await scan(here, 'CT1', 'HERE', [{}, {}])
  // What came before it was to look at images is not what it is meant for.
  await here.routing.update(changing, rule(serverIds, { name: 'Changing' }))
  await quiet(clock, 60_000)
  expect(sends(here)).toEqual([])
  await quiet(clock, 11 * 60_000)
  await atLast(clock, () => sends(here).map(({ total }) => total)).toEqual([2])
  here.routing.delete(changing)
  await scan(here, 'CT1', 'HERE', [{}])
  await quiet(clock, 22 * 60_000)
  const totals = () => sends(here).map(({ total }) => total)
  await atLast(clock, () => totals().toSorted()).toEqual([1, 2])
}, 240_000)

test('two workstations that forward to each other end after one pass', async () => {
  const clock = new FakeClock(Date.now())
  const one = await start('ONE', clock)
  const two = await start('TWO', clock)
  await one.routing.switch(one.routing.add(rule([one.addServer('Two', two.port, { aeTitle: 'TWO' })])), true)
  await two.routing.switch(two.routing.add(rule([two.addServer('One', one.port, { aeTitle: 'ONE' })])), true)
  await scan(one, 'CT1', 'ONE', [{}, {}, {}])
  await quiet(clock)
  await atLast(clock, () => sends(one).length).toBe(1)
  await one.ended(sends(one)[0]!.transferId)
  for (let round = 0; round < 3; round += 1) await quiet(clock)
  expect(sends(one)).toHaveLength(1)
  expect(sends(two)).toEqual([])
  const notes = new Set((await two.routing.firings()).map(({ note }) => note))
  expect([...notes]).toEqual(['Not sent: the images came from One itself.'])
}, 240_000)

test('also a circle in which nobody knows the sender by its name ends after one round', async () => {
  const clock = new FakeClock(Date.now())
  const one = await start('ONE', clock)
  const two = await start('TWO', clock)
  await one.routing.switch(one.routing.add(rule([one.addServer('Two', two.port, { aeTitle: 'TWO' })])), true)
  // It calls the first one by a name that is not the one by which that one calls.
  await two.routing.switch(two.routing.add(rule([two.addServer('One', one.port, { aeTitle: 'ELSE' })])), true)
  // One image: of two that come apart, each may be sent on by itself.
  await scan(one, 'CT1', 'ONE', [{}])
  await atLast(clock, () => sends(two).length).toBe(1)
  for (let round = 0; round < 3; round += 1) await quiet(clock)
  expect(sends(one)).toHaveLength(1)
  expect(sends(two)).toHaveLength(1)
}, 240_000)

test('a rule is tried against what is here without sending anything, and survives a restart', async () => {
  const clock = new FakeClock(Date.now())
  const here = await start('HERE', clock)
  await scan(here, 'CT1', 'HERE', [{}, {}])
  const trial = await here.routing.try([{ field: 'Modality', test: 'is', value: 'ct' }], [])
  expect(trial).toMatchObject({ looked: 1, matched: 1, images: 2, studies: [{ title: 'Test, Wire', from: 'CT1' }] })
  expect(trial.studies[0]?.because).toEqual([{ field: 'Modality', values: ['CT'] }])
  expect(await here.routing.try([{ field: 'Modality', test: 'is', value: 'MR' }], [])).toMatchObject({ matched: 0 })
  expect(sends(here)).toEqual([])
  const there = await start('PEER', clock)
  const ruleId = here.routing.add(rule([here.addServer('There', there.port)]))
  expect(() => here.routing.add(rule([1]))).toThrow('There is already a rule named Forward')
  await here.routing.switch(ruleId, true)
  await scan(here, 'CT1', 'HERE', [{ StudyInstanceUID: '1.2.3.9' }])
  stops = stops.filter((stop) => stop !== stops[0])
  await here.stop(true)
  const again = await start('HERE', clock, here.dataFolder)
  await quiet(clock)
  await atLast(clock, () => sends(again).map(({ total }) => total)).toEqual([1])
}, 240_000)

test('a rule that was on goes on after the index was made anew: from there, not with what is here', async () => {
  const clock = new FakeClock(Date.now())
  const here = await openTestWorkstation('HERE', undefined, checksOf('any'), clock)
  const there = await start('PEER', clock)
  await here.routing.switch(here.routing.add(rule([here.addServer('There', there.port)])), true)
  await here.stop(true)
  const db = openDatabase(databasePath(here.dataFolder), 'write')
  db.prepare('DELETE FROM rule_progress').run()
  db.close()
  const again = await start('HERE', clock, here.dataFolder)
  await quiet(clock)
  await scan(again, 'CT1', 'HERE', [{}])
  await quiet(clock)
  await atLast(clock, () => sends(again).map(({ total }) => total)).toEqual([1])
}, 240_000)

test('earlier studies of the patient come behind everything else, people are told, and what is proved goes to the trash', async () => {
  const clock = new FakeClock(Date.now())
  const here = await start('HERE', clock)
  const pacs = await start('PACS', clock)
  const image = (StudyInstanceUID: string, StudyDate: string, Modality: string, PatientID = 'P1') => ({
    name: `${StudyInstanceUID}.dcm`,
    bytes: writePart10({
      dataSet: ctDataSet(newUID(), {
        ...{ StudyInstanceUID, SeriesInstanceUID: `${StudyInstanceUID}.1`, StudyDate, Modality, PatientID },
      }),
    }),
  })
  await pacs.importFiles([
    ...[image('1.2.4.1', '20200101', 'CT'), image('1.2.4.2', '20220101', 'CT'), image('1.2.4.3', '20230101', 'DX')],
    ...[image('1.2.4.4', '20230601', 'CT', 'P2'), image('1.2.4.5', '20990101', 'CT')],
  ])
  const peer = await MoodyPeer.open()
  stops.push(async () => peer.down())
  const serverId = here.addServer('Archive', pacs.port, { aeTitle: 'PACS', retrieveBy: 'get' })
  const attic = here.addServer('Attic', peer.port)
  const full = await MoodyPeer.open()
  stops.push(async () => full.down())
  // It has another one under this UID, and says so.
  full.mood = (uid) => {
    full.stored.add(uid)
    return 0x0111
  }
  const cellar = here.addServer('Cellar', full.port)
  const careless = await MoodyPeer.open()
  stops.push(async () => careless.down())
  // PS3.4 Table B.2-1: elements discarded.
  careless.mood = () => 0xb006
  const loft = here.addServer('Loft', careless.port)
  const priors = { count: 1, sameModality: true, sameBodyPart: false }
  const on = async (fields: RuleFields) => here.routing.switch(here.routing.add(fields), true)
  const only = (value: string) => ({ conditions: [{ field: 'StudyInstanceUID', test: 'is' as const, value }] })
  await on(rule([serverId], { name: 'Old', action: 'priors', priors, ...only('1.2.4.9') }))
  await on(rule([], { name: 'Tell', action: 'notify', ...only('1.2.4.9') }))
  await on(rule([serverId], { name: 'Tidy', action: 'trash' }))
  await on(rule([cellar], { name: 'Again', action: 'trash', ...only('1.2.4.4') }))
  await on(rule([loft], { name: 'Less', action: 'trash', ...only('1.2.4.4') }))
  await on(rule([attic], { name: 'Bare', action: 'trash', ...only('1.2.4.4') }))
  const added = { StudyInstanceUID: '1.2.4.9', StudyDate: '20240101', PatientID: 'P1' }
  // The server has this study as that of another patient.
  await scan(here, 'CT1', 'HERE', [added, { ...added, StudyInstanceUID: '1.2.4.4', SeriesInstanceUID: '1.2.4.4.2' }])
  const fetched = () => here.transfers.rows().filter(({ kind }) => kind === 'retrieve')
  const fetchedSoon = async () => {
    await quiet(clock)
    return fetched().map(({ state }) => state)
  }
  await expect.poll(fetchedSoon, { timeout: 60_000 }).toEqual(['done'])
  await expect.poll(() => here.notices.recent().length, { timeout: 60_000 }).toBe(1)
  expect(fetched()).toMatchObject([{ priority: 'low', ruleName: 'Old', done: 1 }])
  const held = await here.archive.reader.findStudyUIDs(['1', '2', '3', '4', '5', '9'].map((end) => `1.2.4.${end}`))
  expect(Object.keys(held).toSorted()).toEqual(['1.2.4.2', '1.2.4.4', '1.2.4.9'])
  expect(here.notices.recent()).toMatchObject([
    { text: 'Tell: 1 image from CT1', studyIds: [held['1.2.4.9']?.studyId] },
  ])
  for (const [uid, to] of [
    ['1.2.4.9', serverId] as const,
    ['1.2.4.4', serverId] as const,
    ['1.2.4.4', attic] as const,
    ['1.2.4.4', cellar] as const,
    ['1.2.4.4', loft] as const,
  ]) {
    const studyIds = [held[uid]?.studyId ?? 0]
    const [sendId = ''] = await here.transfers.send({ serverIds: [to], selection: { studyIds } })
    expect(await here.ended(sendId)).toMatchObject({ state: 'done' })
    await expect.poll(() => here.transfers.row(sendId)?.proof?.state, { timeout: 60_000 }).toBe('proved')
  }
  peer.stored.clear()
  const notes = async () => {
    await quiet(clock, 61_000)
    return (await here.routing.firings()).map(({ ruleName, note }) => `${ruleName}: ${note}`).toSorted()
  }
  await expect
    .poll(notes, { timeout: 60_000 })
    .toEqual([
      'Again: Not moved to the trash: Cellar had one image under the same UID before, and does not say whether it is the same. Compare, and delete by hand.',
      'Bare: Not moved to the trash: Attic proved to have all of its images, and now has 0 of 1. Send the study again.',
      'Less: Not moved to the trash: Loft took one image with a warning: what it has may be less than what is here. Compare, and delete by hand.',
      'Old: 1 earlier study',
      'Tell: Said: Tell: 1 image from CT1.',
      'Tidy: Moved to the trash: Archive proved to have all of its 1 image.',
      expect.stringContaining('Tidy: Not moved to the trash: Archive keeps this study under '),
    ])
  expect((await here.archive.reader.totals()).trashedInstances).toBe(1)
}, 240_000)

test('a request and an opened study fetch earlier studies, once, also over HTTP and after the server was away', async () => {
  const clock = new FakeClock(Date.now())
  const here = await start('HERE', clock)
  const onLoopback = { dicomwebAddress: '127.0.0.1', dicomwebPort: 0 }
  const pacs = await start('PACS', clock, undefined, { dicomwebServer: true, ...onLoopback })
  const web = pacs.dicomwebServer.state()
  if (web.state !== 'listening') throw new Error('The DICOMweb server does not listen')
  const gone = await MoodyPeer.open()
  gone.down()
  const { transferId } = await pacs.importFiles([
    { name: 'a.dcm', bytes: writePart10({ dataSet: ctDataSet(newUID(), { PatientID: 'P7', StudyDate: '20200101' }) }) },
  ])
  await pacs.ended(transferId)
  const at = (port: number) => ({ restOn: true, restUrl: `http://127.0.0.1:${port}/dicom-web` })
  const serverId = here.addServer('Archive', gone.port, at(gone.port))
  const fields = rule([serverId], { action: 'priors', priors: { count: 2, sameModality: false, sameBodyPart: false } })
  await here.routing.switch(here.routing.add({ ...fields, name: 'Requested', when: 'ordered' }), true)
  await here.routing.switch(here.routing.add({ ...fields, name: 'Opened', when: 'opened' }), true)
  const later = ctDataSet(newUID(), { StudyInstanceUID: '1.2.5.1', PatientID: 'P7', StudyDate: '20240101' })
  const { transferId: imported } = await here.importFiles([{ name: 'b.dcm', bytes: writePart10({ dataSet: later }) }])
  const { studyIds } = await here.ended(imported)
  const fetched = () => here.transfers.rows().filter(({ kind }) => kind === 'retrieve')
  here.routing.opened(studyIds[0] ?? 0)
  await quiet(clock)
  expect(fetched(), 'the server is away').toEqual([])
  here.servers.update(serverId, { ...here.servers.get(serverId), ...at(web.port) })
  await expect
    .poll(
      () => {
        here.routing.opened(studyIds[0] ?? 0)
        return fetched().map(({ state }) => state)
      },
      { timeout: 60_000 },
    )
    .toEqual(['done'])
  expect(fetched()[0]?.ruleName).toBe('Opened')
  await expect.poll(async () => (await here.routing.firings()).map(({ ruleName }) => ruleName)).toEqual(['Opened'])
  await pacs.importFiles([
    {
      name: 'c.dcm',
      bytes: writePart10({
        dataSet: ctDataSet(newUID(), { PatientID: 'P8', StudyDate: '20200101', StudyInstanceUID: '1.2.5.8' }),
      }),
    },
  ])
  const content = orderContentOf({ patientId: 'P8', patientName: 'Test^Wire', birthDate: '' }, { date: '20261121' })
  await here.archive.writer.createOrder({ content, source: frontDesk })
  const fetchedSoon = async () => {
    await quiet(clock)
    return fetched().map(({ state }) => state)
  }
  await expect.poll(fetchedSoon, { timeout: 60_000 }).toEqual(['done', 'done'])
  expect(fetched().find(({ ruleName }) => ruleName === 'Requested')).toMatchObject({ peer: 'Archive', priority: 'low' })
}, 240_000)
