import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import { CT_IMAGE, VERIFICATION } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, JPEG_BASELINE } from '#shared/dicom/transferSyntax.ts'
import { encodeCommandSet } from '../dimse/commandSet.ts'
import { control, encodeMessage } from '../dimse/encodeMessage.ts'
import { echo } from '../scu/echo.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { ctDataSet, ctObject, storeRequest, type TestObject } from '../testing/testObject.ts'

let here: TestNode
let peers: ScriptedPeer[] = []
beforeEach(async () => {
  // Query/Retrieve is off, as it is delivered.
  here = await openTestNode({ services: { storage: true, queryRetrieve: false, storageCommitment: true } })
})
afterEach(async () => {
  for (const peer of peers) peer.destroy()
  peers = []
  await here.close()
})

const ct = { id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }

async function sender(contexts = [ct], port = here.port) {
  const { peer, accept } = await ScriptedPeer.open(port, { contexts })
  peers.push(peer)
  return { peer, accept }
}

async function statusOf(object: TestObject, contexts = [ct]): Promise<number | undefined> {
  const { peer } = await sender(contexts)
  peer.message(1, storeRequest(object), object.dataSet)
  return (await peer.nextCommand())?.status
}

const leftovers = () => {
  const folder = join(here.configuration.storageFolder, 'tmp')
  return existsSync(folder) ? readdirSync(folder) : []
}

test('a stored data set is byte for byte what was sent, private tags and odd values included', async () => {
  const { peer } = await sender()
  const object = ctObject()
  const privateTag = Buffer.from('090010004c4f0600', 'hex')
  const dataSet = Buffer.from(encodeDataSet(ctDataSet(object.sopInstanceUID), EXPLICIT_VR_LITTLE_ENDIAN))
  const at = dataSet.indexOf(Buffer.from('10001000', 'hex'))
  object.dataSet = Buffer.concat([dataSet.subarray(0, at), privateTag, Buffer.from('VENDOR'), dataSet.subarray(at)])
  peer.message(1, storeRequest(object), object.dataSet)
  expect(await peer.nextCommand()).toMatchObject({
    status: 0,
    commandField: 0x8001,
    messageIDBeingRespondedTo: 1,
    affectedSOPInstanceUID: object.sopInstanceUID,
    hasDataSet: false,
  })
  expect(await here.storedDataSet(object.sopInstanceUID)).toEqual(object.dataSet)
  const [event] = await here.seen('instanceReceived')
  expect(event).toMatchObject({ outcome: 'stored', bytes: object.dataSet.length, status: 0, note: undefined })
})

test('success is answered only after the index has the instance', async () => {
  const { peer } = await sender()
  const object = ctObject()
  peer.message(1, storeRequest(object), object.dataSet)
  await peer.nextCommand()
  expect(Object.keys(await here.archive.reader.holds([object.sopInstanceUID]))).toHaveLength(1)
})

test('a duplicate is a success, and the first file stays', async () => {
  const object = ctObject()
  expect(await statusOf(object)).toBe(0)
  expect(await statusOf(object)).toBe(0)
  const events = await here.seen('instanceReceived', 2)
  expect(events.map((event) => event.outcome)).toEqual(['stored', 'duplicate'])
})

test('another object under the same UID is a success with a note; the first one is kept', async () => {
  const object = ctObject()
  await statusOf(object)
  const other = {
    ...object,
    dataSet: Buffer.from(encodeDataSet(ctDataSet(object.sopInstanceUID), EXPLICIT_VR_LITTLE_ENDIAN)),
  }
  expect(await statusOf(other)).toBe(0)
  expect(await here.storedDataSet(object.sopInstanceUID)).toEqual(object.dataSet)
  expect((await here.seen('instanceReceived', 2))[1]?.note).toContain('the first one is kept')
})

test('command and data as many PDVs of one PDU are taken, two-byte PDVs too', async () => {
  const { peer } = await sender()
  const object = ctObject()
  const parts: Buffer[] = []
  const value = (kind: number, bytes: Buffer) => {
    const pdv = Buffer.alloc(6)
    pdv.writeUInt32BE(bytes.length + 2, 0)
    pdv[4] = 1
    pdv[5] = kind
    parts.push(pdv, bytes)
  }
  const command = encodeCommandSet(storeRequest(object))
  value(control.command, command.subarray(0, 10))
  value(control.command | control.last, command.subarray(10))
  value(control.data, Buffer.alloc(0))
  for (let at = 0; at < object.dataSet.length; at += 400) value(control.data, object.dataSet.subarray(at, at + 400))
  value(control.data | control.last, Buffer.alloc(0))
  const body = Buffer.concat(parts)
  const header = Buffer.from([4, 0, 0, 0, 0, 0])
  header.writeUInt32BE(body.length, 2)
  peer.send(Buffer.concat([header, body]))
  expect((await peer.nextCommand())?.status).toBe(0)
  expect(await here.storedDataSet(object.sopInstanceUID)).toEqual(object.dataSet)
})

test('two stores in one write are both answered, in order', async () => {
  const { peer } = await sender()
  const [first, second] = [ctObject(), ctObject()]
  peer.send(
    Buffer.concat([
      encodeMessage(1, storeRequest(first, 7), first.dataSet, 16_384),
      encodeMessage(1, storeRequest(second, 8), second.dataSet, 16_384),
    ]),
  )
  expect(await peer.nextCommand()).toMatchObject({ status: 0, messageIDBeingRespondedTo: 7 })
  expect(await peer.nextCommand()).toMatchObject({ status: 0, messageIDBeingRespondedTo: 8 })
})

test('a data set that comes byte by byte is stored whole', async () => {
  const { peer } = await sender()
  const object = ctObject({ Rows: 4, Columns: 4, PixelData: new Uint8Array(32) })
  const bytes = encodeMessage(1, storeRequest(object), object.dataSet, 4096)
  for (const byte of bytes) {
    peer.send(Buffer.from([byte]))
    if (byte % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  expect((await peer.nextCommand())?.status).toBe(0)
  expect(await here.storedDataSet(object.sopInstanceUID)).toEqual(object.dataSet)
})

test('a large object in small PDUs takes linear time and little memory', async () => {
  const { peer } = await sender()
  const object = ctObject({ Rows: 4096, Columns: 4096, PixelData: new Uint8Array(randomBytes(4096 * 4096 * 2)) })
  const startedAt = performance.now()
  peer.message(1, storeRequest(object), object.dataSet, 4096)
  globalThis.gc?.()
  const held = process.memoryUsage().arrayBuffers
  expect((await peer.nextCommand())?.status).toBe(0)
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  // What was read and let go is no longer counted, whenever the collector comes by itself.
  globalThis.gc?.()
  expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(28e6)
})

test('a SOP class that is not the one of the context is refused with 0122', async () => {
  const object = ctObject()
  expect(await statusOf({ ...object, sopClassUID: '1.2.840.10008.5.1.4.1.1.4' })).toBe(0x0122)
  expect(leftovers()).toEqual([])
})

test('a data set of another SOP class or instance than the command says is refused with A900', async () => {
  const other = ctObject({ SOPClassUID: '1.2.840.10008.5.1.4.1.1.4' })
  expect(await statusOf(other)).toBe(0xa900)
  const object = ctObject()
  expect(await statusOf({ ...object, sopInstanceUID: '1.2.3' })).toBe(0xa900)
  expect(leftovers()).toEqual([])
})

test.each(['1.2.3/../../etc', `1.${'2'.repeat(70)}`, '', 'a b'])(
  'the instance UID %j is refused, nothing is written',
  async (uid) => {
    const object = ctObject()
    expect(await statusOf({ ...object, sopInstanceUID: uid })).toBe(0x0117)
    expect(leftovers()).toEqual([])
    const [event] = await here.seen('instanceReceived')
    expect(event).toMatchObject({ outcome: 'refused', note: 'The SOP Instance UID is not a UID.' })
  },
)

test('an instance whose UID is a hexadecimal hash is kept', async () => {
  const sopInstanceUID = 'dccc95990871'
  const dataSet = Buffer.from(encodeDataSet(ctDataSet(sopInstanceUID), EXPLICIT_VR_LITTLE_ENDIAN))
  expect(await statusOf({ ...ctObject(), sopInstanceUID, dataSet })).toBe(0)
})

test('pixel data that claims more bytes than arrived is refused with C000', async () => {
  for (const object of [ctObject(), ctObject({ PixelData: new Uint8Array(400_000) })]) {
    object.dataSet = object.dataSet.subarray(0, object.dataSet.length - 100)
    expect(await statusOf(object)).toBe(0xc000)
    expect(await here.storedDataSet(object.sopInstanceUID)).toBeUndefined()
  }
  expect(leftovers()).toEqual([])
})

test('a fragment that claims more bytes than arrived is refused with C000, also in a long object', async () => {
  const jpeg = { ...ct, transferSyntaxes: [JPEG_BASELINE] }
  const object = ctObject({ PixelData: null })
  const head = object.dataSet.subarray(0, object.dataSet.indexOf(Buffer.from('e07f1000', 'hex')))
  const pixels = (claimed: number, sent: number) => {
    const start = Buffer.from('e07f10004f420000fffffffffeff00e000000000feff00e000000000', 'hex')
    start.writeUInt32LE(claimed, start.length - 4)
    return Buffer.concat([head, start, Buffer.alloc(sent), Buffer.from('feffdde000000000', 'hex')])
  }
  expect(await statusOf({ ...object, dataSet: pixels(500_000, 400_000) }, [jpeg])).toBe(0xc000)
  expect(await statusOf({ ...object, dataSet: pixels(500, 400) }, [jpeg])).toBe(0xc000)
  expect(await statusOf({ ...object, dataSet: pixels(400_000, 400_000) }, [jpeg])).toBe(0)
})

test('garbage as data set is refused with C000', async () => {
  const object = ctObject()
  expect(await statusOf({ ...object, dataSet: randomBytes(5000) })).toBe(0xc000)
  expect(leftovers()).toEqual([])
})

test('20,000 nested sequences are refused and the node goes on', async () => {
  const object = ctObject()
  const nested = Buffer.concat(
    Array.from({ length: 20_000 }, () => Buffer.from('4000750253510000fffffffffeff00e0ffffffff', 'hex')),
  )
  expect(await statusOf({ ...object, dataSet: Buffer.concat([object.dataSet.subarray(0, 200), nested]) })).toBe(0xc000)
  expect(await statusOf(ctObject())).toBe(0)
})

test('a header of several megabytes is indexed, and a hostile one refused, while others are answered', async () => {
  const object = ctObject()
  const at = object.dataSet.indexOf(Buffer.from('10001000', 'hex'))
  const withPrivate = (count: number, length: number) => {
    const elements = Buffer.alloc(count * (8 + length), 0x20)
    for (let i = 0; i < count; i += 1) {
      const from = i * (8 + length)
      elements.writeUInt16LE(0x0009, from)
      elements.writeUInt16LE(0x1000 + (i % 0xe000), from + 2)
      elements.write('LO', from + 4)
      elements.writeUInt16LE(length, from + 6)
    }
    return Buffer.concat([object.dataSet.subarray(0, at), elements, object.dataSet.subarray(at)])
  }
  const long = withPrivate(100, 60_000)
  expect(await statusOf({ ...object, dataSet: long })).toBe(0)
  expect((await here.storedDataSet(object.sopInstanceUID))?.equals(long)).toBe(true)
  // Who had to wait until the header is through would wait so each time; a machine that stood still did so once.
  const isHeldUp = async () => {
    const startedAt = performance.now()
    let slowest = 0
    let refused: number | undefined
    void statusOf({ ...object, dataSet: withPrivate(2_100_000, 0) }).then((status) => {
      refused = status
    })
    while (refused === undefined) {
      const { elapsedMs } = await echo(peerAt(here.port), new AbortController().signal)
      slowest = Math.max(slowest, elapsedMs)
    }
    expect(refused).toBe(0xc000)
    return slowest > Math.max(1000, (performance.now() - startedAt) / 2)
  }
  expect((await isHeldUp()) && (await isHeldUp()) && (await isHeldUp())).toBe(false)
})

test('a store without a data set is answered with C000', async () => {
  const { peer } = await sender()
  peer.message(1, { ...storeRequest(ctObject()), hasDataSet: false })
  expect((await peer.nextCommand())?.status).toBe(0xc000)
})

test('a full storage folder is refused with A700', async () => {
  const { bavail, blocks, bsize } = statfsSync(tmpdir())
  const full = await openTestNode({ minFreeBytes: ((bavail + blocks) / 2) * bsize })
  try {
    const { peer } = await sender([ct], full.port)
    const object = ctObject()
    peer.message(1, storeRequest(object), object.dataSet)
    expect(await peer.nextCommand()).toMatchObject({ status: 0xa700, errorComment: 'The storage folder is full' })
  } finally {
    await full.close()
  }
})

test('a peer that vanishes within an object leaves nothing', async () => {
  const { peer } = await sender()
  const object = ctObject({ Rows: 512, Columns: 512, PixelData: new Uint8Array(524_288) })
  const bytes = encodeMessage(1, storeRequest(object), object.dataSet, 16_384)
  peer.send(bytes.subarray(0, 300_000))
  await expect.poll(leftovers).toHaveLength(1)
  peer.destroy()
  await expect.poll(leftovers).toHaveLength(0)
  expect((await here.seen('associationEnded'))[0]?.how).toBe('lost')
})

test('an abort within an object leaves nothing and closes the socket', async () => {
  const { peer } = await sender()
  const object = ctObject({ Rows: 512, Columns: 512, PixelData: new Uint8Array(524_288) })
  const bytes = encodeMessage(1, storeRequest(object), object.dataSet, 16_384)
  const whole = bytes.subarray(0, bytes.indexOf(Buffer.from([4, 0, 0, 0]), 16_500))
  peer.send(whole)
  await expect.poll(leftovers).toHaveLength(1)
  peer.send(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  expect(await peer.closed()).toBe(true)
  expect(leftovers()).toEqual([])
  expect((await here.seen('associationEnded'))[0]?.how).toBe('aborted')
})

test('unknown and private storage classes are kept and named; services and query models are not taken', async () => {
  const syntaxes = [IMPLICIT_VR_LITTLE_ENDIAN]
  const { peer, accept } = await sender([
    { id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.999', transferSyntaxes: syntaxes },
    { id: 3, abstractSyntax: '1.3.46.670589.5.0.1.1', transferSyntaxes: syntaxes },
    { id: 5, abstractSyntax: '1.2.840.10008.5.1.4.1.2.3.1', transferSyntaxes: syntaxes },
    { id: 7, abstractSyntax: '1.2.840.10008.5.1.4.1.1.200.4', transferSyntaxes: syntaxes },
    { id: 9, abstractSyntax: CT_IMAGE, transferSyntaxes: ['1.2.3.4.5'] },
    { id: 11, abstractSyntax: VERIFICATION, transferSyntaxes: syntaxes },
  ])
  expect(accept.contexts.map(({ result }) => result)).toEqual([0, 0, 3, 3, 4, 0])
  const object = {
    ...ctObject({ SOPClassUID: '1.3.46.670589.5.0.1.1' }, IMPLICIT_VR_LITTLE_ENDIAN),
    sopClassUID: '1.3.46.670589.5.0.1.1',
  }
  peer.message(3, storeRequest(object), object.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0)
  expect((await here.seen('instanceReceived'))[0]?.note).toContain('none of the standard')
})

test('an operation that storage does not have is answered with 0211', async () => {
  const { peer } = await sender()
  peer.message(
    1,
    { commandField: 0x0020, hasDataSet: true, affectedSOPClassUID: CT_IMAGE, messageID: 3 },
    Buffer.alloc(20),
  )
  expect(await peer.nextCommand()).toMatchObject({ status: 0x0211, commandField: 0x8020, messageIDBeingRespondedTo: 3 })
})

test('close lets the object under way come to its end, then aborts, and leaves nothing unfinished', async () => {
  const { peer } = await sender()
  const waiting = (await sender()).peer
  const object = ctObject({ Rows: 512, Columns: 512, PixelData: new Uint8Array(524_288) })
  const bytes = encodeMessage(1, storeRequest(object), object.dataSet, 16_384)
  peer.send(bytes.subarray(0, 300_000))
  waiting.send(encodeMessage(1, storeRequest(ctObject()), object.dataSet, 16_384).subarray(0, 100_000))
  await expect.poll(leftovers).toHaveLength(2)
  const closed = here.node.close(2500)
  await new Promise((resolve) => setTimeout(resolve, 50))
  peer.send(bytes.subarray(300_000))
  expect((await peer.nextCommand())?.status).toBe(0)
  expect((await peer.next())?.type).toBe(7)
  expect((await waiting.next())?.type).toBe(7)
  await closed
  expect(leftovers()).toEqual([])
})
