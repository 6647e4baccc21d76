import { afterEach, expect, test } from 'vitest'
import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { ctObject, storeRequest } from '#electron/dicom/testing/testObject.ts'
import { openTestWorkstation, type TestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'

let here: TestWorkstation
const peers: ScriptedPeer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  await here?.stop()
})

const contexts = [{ id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }]

/** `accepted`, or the reason of the refusal. */
async function call(callingAETitle: string, calledAETitle = 'HERE') {
  const peer = await ScriptedPeer.ask(here.port, { callingAETitle, calledAETitle, contexts })
  peers.push(peer)
  const pdu = await peer.next()
  return pdu?.type === 2 ? 'accepted' : (pdu?.body[3] ?? 'nothing')
}

const knocks = async (count: number) => {
  await expect.poll(() => here.devices.knocks().length).toBe(count)
  return here.devices.knocks()
}
/** The DICOM thread has the new configuration. */
const applied = () => here.listener.apply()

async function storeAs(callingAETitle: string, calledAETitle = 'HERE') {
  const { peer } = await ScriptedPeer.open(here.port, { callingAETitle, calledAETitle, contexts })
  peers.push(peer)
  const object = ctObject()
  peer.message(1, storeRequest(object), object.dataSet)
  return (await peer.nextCommand())?.status
}

test('a refused caller is a card, is allowed from it, and is online with its first image', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('known'))
  expect(await call('CT1')).toBe(3)
  expect(await call('CT1')).toBe(3)
  const [card] = await knocks(1)
  await expect.poll(() => here.devices.knocks()[0]?.times).toBe(2)
  expect(card).toMatchObject({ aeTitle: 'CT1', address: '127.0.0.1', calledAETitle: 'HERE', offered: [CT_IMAGE] })
  here.devices.allow(card!.knockId)
  await applied()
  await knocks(0)
  expect(await storeAs('CT1')).toBe(0)
  await expect.poll(async () => (await here.devices.view()).devices[0]?.lastImageAt).not.toBeNull()
  const [device] = (await here.devices.view()).devices
  expect(device).toMatchObject({ aeTitle: 'CT1', address: '127.0.0.1', online: true })
  expect(device?.days.at(-1)).toBe(1)
  expect(device?.lastStudyId).not.toBeNull()
})

test('a server of the editor goes on calling without an entry among the devices', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('known'))
  here.addServer('Scanner', 104, { aeTitle: 'SRV', host: '127.0.0.1' })
  await applied()
  expect(await call('SRV')).toBe('accepted')
  await expect.poll(async () => (await here.devices.view()).callers).toMatchObject([{ aeTitle: 'SRV', isServer: true }])
})

test('a mistyped name is accepted as an alias of the device that it is', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('known'))
  const device = here.devices.list.add({
    ...{ aeTitle: 'CT_SCANNER_1', address: '127.0.0.1', vendor: '', model: '', modality: '', place: '', note: '' },
    ...{ aliases: [], calledAs: [], access: 'allow' },
  })
  await applied()
  expect(await call('CT_SCANNER_l')).toBe(3)
  const [card] = await knocks(1)
  expect(card?.advice[0]).toMatchObject({ kind: 'alias', deviceId: device.deviceId })
  here.devices.acceptAlias(card!.knockId, device.deviceId)
  await applied()
  expect(await call('CT_SCANNER_l')).toBe('accepted')
  expect(await call('CT_SCANNER_1')).toBe('accepted')
})

test('a device that calls us by an older name is answered to that one, and nobody else is', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('known'))
  expect(await call('OLYMPUS', 'OLD_PACS')).toBe(7)
  const [card] = await knocks(1)
  expect(card).toMatchObject({ callsOther: true })
  here.devices.allow(card!.knockId)
  await applied()
  expect(await storeAs('OLYMPUS', 'OLD_PACS')).toBe(0)
  expect(await call('OLYMPUS')).toBe('accepted')
  expect(await call('OLYMPUS', 'OTHER')).toBe(7)
  expect(await call('SOMEBODY', 'OLD_PACS')).toBe(7)
})

test('who is blocked is refused even where anybody may call, and makes no card', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('any'))
  expect(await call('CT1')).toBe('accepted')
  here.devices.list.add({
    ...{ aeTitle: 'CT1', address: '', vendor: '', model: '', modality: '', place: '', note: '' },
    ...{ aliases: ['CT_1'], calledAs: [], access: 'deny' },
  })
  await applied()
  expect([await call('CT1'), await call('CT_1'), await call('CT2')]).toEqual([3, 3, 'accepted'])
  await knocks(0)
})

test('a card survives a restart; an ignored one stays away until it is asked for', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('known'))
  expect(await call('STRANGER')).toBe(3)
  await knocks(1)
  await here.stop(true)
  here = await openTestWorkstation('HERE', here.dataFolder, checksOf('known'))
  const [card] = await knocks(1)
  expect(card).toMatchObject({ aeTitle: 'STRANGER', times: 1, offered: [CT_IMAGE] })
  here.devices.ignore(card!.knockId)
  expect(await call('STRANGER')).toBe(3)
  await expect.poll(async () => (await here.devices.view()).ignored).toBe(1)
  expect(here.devices.knocks()).toEqual([])
  here.devices.list.showIgnored()
  expect(here.devices.knocks()).toHaveLength(1)
})

test('counts of a day are there again after a restart', async () => {
  here = await openTestWorkstation('HERE')
  expect(await storeAs('CT1')).toBe(0)
  await expect.poll(async () => (await here.devices.view()).callers[0]?.days.at(-1)).toBe(1)
  await here.stop(true)
  here = await openTestWorkstation('HERE', here.dataFolder)
  expect((await here.devices.view()).callers).toMatchObject([{ aeTitle: 'CT1', online: true }])
  expect((await here.devices.view()).callers[0]?.days.at(-1)).toBe(1)
})

test('what a caller says of itself never costs the list', async () => {
  here = await openTestWorkstation('HERE', undefined, checksOf('known'))
  const { dataFolder } = here
  const allow = async (calledAETitle: string) => {
    await call('CT1', calledAETitle)
    await expect.poll(() => here.devices.knocks()[0]?.calledAETitle).toBe(calledAETitle.trim())
    const knockId = here.devices.knocks()[0]?.knockId ?? ''
    try {
      return here.devices.allow(knockId).aeTitle
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(await allow('')).toContain('no AE title')
  expect(await allow('\\PACS')).toContain('no AE title')
  for (let number = 1; number <= 8; number += 1) {
    expect(await allow(`OLD${number}`)).toBe('CT1')
    await applied()
  }
  expect(await allow('OLD9')).toContain('At most 8 names')
  const before = here.devices.list.devices()
  await here.stop(true)
  here = await openTestWorkstation('HERE', dataFolder, checksOf('known'))
  expect(here.devices.list.notice).toBeUndefined()
  expect(here.devices.list.devices()).toEqual(before)
  expect(before).toMatchObject([{ aeTitle: 'CT1', calledAs: Array.from({ length: 8 }, (_, at) => `OLD${at + 1}`) }])
})
