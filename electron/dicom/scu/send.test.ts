import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { decodeCommandSet } from '../dimse/commandSet.ts'
import type { InstanceToSend, Peer, SendOutcome } from '../nodeApi.ts'
import { acceptAssociation, type ScriptedPeer, scriptedServer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt } from '../testing/testNode.ts'
import { ctDataSet, storedFile } from '../testing/testObject.ts'
import { send } from './send.ts'

const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function server(script: (peer: ScriptedPeer) => Promise<void>): Promise<number> {
  const { port, close } = await scriptedServer(script)
  closing.push(close)
  return port
}

async function outcomes(
  port: number,
  instances: InstanceToSend[],
  signal = new AbortController().signal,
  options: Partial<Peer> = {},
) {
  const list: SendOutcome[] = []
  let error: { code?: string } | undefined
  try {
    for await (const outcome of send(peerAt(port, options), instances, signal)) list.push(outcome)
  } catch (thrown) {
    error = thrown as { code?: string }
  }
  return { list, error }
}

/** Takes objects and answers each with the status that `answer` gives; undefined hangs up, -1 aborts. */
async function serve(
  peer: ScriptedPeer,
  answer: (index: number, sopInstanceUID: string) => number | undefined,
  received: Buffer[] = [],
) {
  for (let index = 0; ; index += 1) {
    const pdu = await peer.next()
    const command = pdu?.type === 4 ? decodeCommandSet(pdu.body.subarray(6)) : undefined
    if (!command) {
      peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
      return
    }
    received.push(await peer.nextData())
    const status = answer(index, command.affectedSOPInstanceUID ?? '')
    if (status === undefined) return peer.destroy()
    if (status < 0) return peer.send(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
    const { affectedSOPClassUID = '', affectedSOPInstanceUID = '', messageID = 0 } = command
    peer.message(pdu?.body[4] ?? 1, {
      commandField: 0x8001,
      hasDataSet: false,
      messageIDBeingRespondedTo: messageID,
      affectedSOPClassUID,
      affectedSOPInstanceUID,
      status,
    })
  }
}

const dataSetBytes = (path: string) => {
  const file = readFileSync(path)
  return file.subarray(144 + file.readUInt32LE(140))
}

test('the data set of the stored file is sent byte for byte, whatever PDU length the peer announces', async () => {
  for (const maxPduLength of [0, 1, 6, 4096, 16_384, 0xffffffff]) {
    const received: Buffer[] = []
    const port = await server(async (peer) => {
      await acceptAssociation(peer, { maxPduLength })
      await serve(peer, () => 0, received)
    })
    const file = storedFile(1, { Rows: 700, Columns: 999, PixelData: new Uint8Array(700 * 999 * 2).fill(7) })
    const { list, error } = await outcomes(port, [file])
    expect(error).toBeUndefined()
    expect(list).toMatchObject([{ instanceId: 1, status: 0, outcome: 'success', note: undefined }])
    expect(received[0]?.equals(dataSetBytes(file.path))).toBe(true)
  }
})

test('a deflated data set of odd length gets the NUL that the standard asks for', async () => {
  const received: Buffer[] = []
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await serve(peer, () => 0, received)
  })
  const file = storedFile(1, {}, DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
  const even = dataSetBytes(file.path)
  const bytes = readFileSync(file.path)
  writeFileSync(file.path, bytes.subarray(0, bytes.length - 1))
  const { list } = await outcomes(port, [file])
  expect(list[0]?.outcome).toBe('success')
  expect(received[0]).toEqual(Buffer.concat([even.subarray(0, -1), Buffer.alloc(1)]))
})

test('every instance ends as success, warning or failure with its status', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await serve(peer, (index) => [0x0000, 0xb000, 0xa700][index])
  })
  const { list } = await outcomes(port, [storedFile(1), storedFile(2), storedFile(3)])
  expect(list.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['success', 0],
    ['warning', 0xb000],
    ['failure', 0xa700],
  ])
  expect(list[2]?.note).toContain('out of resources (A700)')
})

test('a peer that dies half-way and does not come back leaves the rest as failures without a status, and the reason', async () => {
  const { port, close } = await scriptedServer(async (peer) => {
    await acceptAssociation(peer)
    await serve(peer, (index) => (index === 0 ? 0 : undefined))
    close()
  })
  closing.push(close)
  const { list, error } = await outcomes(port, [storedFile(1), storedFile(2), storedFile(3)])
  expect(list.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['success', 0],
    ['failure', undefined],
    ['failure', undefined],
  ])
  expect(list[1]?.note).toContain('No answer')
  expect(error?.code).toBe('REFUSED')
})

const many = (count: number) => Array.from({ length: count }, (_, id) => storedFile(id + 1))

test('an object at which the peer aborts twice is a failure, and the rest goes over a new association', async () => {
  const bad = many(4)
  let associations = 0
  const port = await server(async (peer) => {
    associations += 1
    await acceptAssociation(peer)
    await serve(peer, (_, uid) => (uid === bad[1]?.sopInstanceUID ? -1 : 0))
  })
  const { list, error } = await outcomes(port, bad)
  expect(error).toBeUndefined()
  expect(list.map(({ outcome }) => outcome)).toEqual(['success', 'failure', 'success', 'success'])
  expect(list[1]?.note).toBe('The peer aborted the association at it.')
  expect(associations).toBe(3)
})

test('a peer that hangs up or aborts after every few objects gets all of them', async () => {
  let associations = 0
  const taken: string[] = []
  const port = await server(async (peer) => {
    associations += 1
    const ends = associations % 2 === 0 ? undefined : -1
    await acceptAssociation(peer)
    await serve(peer, (index, uid) => {
      if (index === 3) return ends
      taken.push(uid)
      return 0
    })
  })
  const files = many(50)
  const { list, error } = await outcomes(port, files)
  expect(error).toBeUndefined()
  expect(list.every(({ outcome }) => outcome === 'success')).toBe(true)
  expect(taken).toEqual(files.map(({ sopInstanceUID }) => sopInstanceUID))
})

test('of many objects that the peer cannot bear exactly those fail', async () => {
  const files = many(60)
  const unbearable = new Set(files.filter((_, index) => index >= 20 && index < 38).map((file) => file.sopInstanceUID))
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await serve(peer, (_, uid) => (unbearable.has(uid) ? -1 : 0))
  })
  const { list, error } = await outcomes(port, files)
  expect(error).toBeUndefined()
  expect(list.filter(({ outcome }) => outcome === 'failure').map((one) => one.sopInstanceUID)).toEqual([...unbearable])
  expect(list).toHaveLength(60)
})

test('a peer that aborts at everything is given up', async () => {
  let associations = 0
  const port = await server(async (peer) => {
    associations += 1
    await acceptAssociation(peer)
    await serve(peer, () => -1)
  })
  const { list, error } = await outcomes(port, many(40))
  expect(error?.code).toBe('ABORTED')
  expect(list.every(({ outcome }) => outcome === 'failure')).toBe(true)
  expect(list).toHaveLength(40)
  expect(associations).toBe(20)
})

test('a peer without room for the moment is asked again', async () => {
  let asked = 0
  const port = await server(async (peer) => {
    asked += 1
    if (asked === 1) {
      await peer.next()
      return peer.send(Buffer.from([3, 0, 0, 0, 0, 4, 0, 2, 3, 2]))
    }
    await acceptAssociation(peer)
    await serve(peer, () => 0)
  })
  const { list, error } = await outcomes(port, many(2))
  expect(error).toBeUndefined()
  expect(list.map(({ outcome }) => outcome)).toEqual(['success', 'success'])
})

test('one association per image, where the server is said to want it', async () => {
  let associations = 0
  const port = await server(async (peer) => {
    associations += 1
    const { contexts } = await acceptAssociation(peer)
    expect(contexts).toHaveLength(2)
    await serve(peer, (index) => (index === 0 ? 0 : -1))
  })
  const { list, error } = await outcomes(port, many(5), undefined, { associationPerInstance: true })
  expect(error).toBeUndefined()
  expect(list.map(({ outcome }) => outcome)).toEqual(Array(5).fill('success'))
  expect(associations).toBe(5)
})

test('classes that the peer refuses do not keep the further associations of a batch from being sent', async () => {
  let associations = 0
  const port = await server(async (peer) => {
    associations += 1
    const result = associations === 1 ? 3 : 0
    await acceptAssociation(peer, { answer: (context) => ({ ...context, result }) })
    await serve(peer, () => 0)
  })
  const files = Array.from({ length: 66 }, (_, id) =>
    storedFile(id, { SOPClassUID: `1.2.826.0.1.3680043.9.${id + 1}` }),
  )
  const { list } = await outcomes(port, files)
  expect(list.map(({ outcome }) => outcome)).toEqual([...Array(64).fill('failure'), 'success', 'success'])
})

test('a peer that never answers is given up after the DIMSE timeout', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await new Promise((resolve) => setTimeout(resolve, 20_000))
  })
  const list: SendOutcome[] = []
  const attempt = async () => {
    for await (const outcome of send(
      peerAt(port, { dimseTimeoutMs: 300 }),
      [storedFile(1)],
      new AbortController().signal,
    ))
      list.push(outcome)
  }
  await expect(attempt()).rejects.toMatchObject({ code: 'TIMED_OUT' })
  expect(list).toMatchObject([{ outcome: 'failure', status: undefined }])
})

test('a peer that accepts no context makes every instance a failure', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer, { answer: ({ id }) => ({ id, result: 3, transferSyntax: '' }) })
    await peer.next()
    peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  const { list, error } = await outcomes(port, [storedFile(1)])
  expect(list).toMatchObject([{ outcome: 'failure', status: undefined }])
  expect(error?.code).toBe('NO_CONTEXT')
})

test('an object is converted only when its own syntax was not accepted, and the outcome says so', async () => {
  const onlyImplicit = await server(async (peer) => {
    await acceptAssociation(peer, {
      answer: ({ id }) =>
        id === 1 ? { id, result: 4, transferSyntax: '' } : { id, result: 0, transferSyntax: IMPLICIT_VR_LITTLE_ENDIAN },
    })
    const received: Buffer[] = []
    const command = await peer.nextCommand()
    received.push(await peer.nextData())
    peer.message(3, {
      commandField: 0x8001,
      hasDataSet: false,
      messageIDBeingRespondedTo: command?.messageID ?? 0,
      status: 0,
    })
    converted = received[0]
    await peer.next()
    peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  })
  let converted: Buffer | undefined
  const more = { ImageType: ['ORIGINAL', 'PRIMARY'], '00091010': { vr: 'UN', value: new Uint8Array([1, 2]) } }
  const file = storedFile(1, more, EXPLICIT_VR_BIG_ENDIAN)
  const { list } = await outcomes(onlyImplicit, [file])
  expect(list).toMatchObject([
    { outcome: 'success', note: 'Converted from Explicit VR Big Endian to Implicit VR Little Endian.' },
  ])
  const pixels = new Uint8Array(dataSetBytes(file.path).subarray(-2048).swap16())
  const expected = encodeDataSet(
    ctDataSet(file.sopInstanceUID, { ...more, PixelData: pixels }),
    IMPLICIT_VR_LITTLE_ENDIAN,
  )
  expect(converted).toEqual(Buffer.from(expected))
})

test('what cannot be converted is a failure with the reason, and the others go on', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer, {
      answer: ({ id, transferSyntax }) =>
        transferSyntax.startsWith('1.2.840.10008.1.2.4')
          ? { id, result: 4, transferSyntax }
          : { id, result: 0, transferSyntax },
    })
    await serve(peer, () => 0)
  })
  const video = storedFile(1, {}, '1.2.840.10008.1.2.4.102')
  const { list, error } = await outcomes(port, [video, storedFile(2)])
  expect(error).toBeUndefined()
  expect(list.map(({ outcome }) => outcome)).toEqual(['failure', 'success'])
  expect(list[0]?.note).toMatch(/takes Explicit VR Little Endian only, and MPEG-4 .* cannot be converted/)
})

test('a file that became shorter ends the association, not the program', async () => {
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await serve(peer, () => 0)
  })
  const gone = storedFile(1)
  rmSync(gone.path)
  const empty = storedFile(2)
  truncateSync(empty.path, 200)
  const { list } = await outcomes(port, [gone, empty, storedFile(3)])
  expect(list.map(({ outcome }) => outcome)).toEqual(['failure', 'failure', 'success'])
  expect(list[0]?.note).toBe('The stored file cannot be read.')
})

test('cancelling ends the batch after the object under way', async () => {
  const abort = new AbortController()
  let taken = 0
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await serve(peer, () => {
      taken += 1
      if (taken === 2) abort.abort()
      return 0
    })
  })
  const { error } = await outcomes(
    port,
    [1, 2, 3, 4, 5].map((id) => storedFile(id)),
    abort.signal,
  )
  expect(error?.code).toBe('CANCELLED')
  expect(taken).toBeLessThanOrEqual(3)
})

test('what we send to ourselves arrives as it was', async () => {
  const here = await openTestNode()
  closing.push(() => here.close())
  const files = [storedFile(1), storedFile(2, {}, EXPLICIT_VR_BIG_ENDIAN), storedFile(3, {}, IMPLICIT_VR_LITTLE_ENDIAN)]
  const { list } = await outcomes(here.port, files)
  expect(list.every(({ outcome, note }) => outcome === 'success' && note === undefined)).toBe(true)
  for (const { path, sopInstanceUID } of files)
    expect(await here.storedDataSet(sopInstanceUID)).toEqual(dataSetBytes(path))
})

test('what was read ahead goes out as it is stored, whatever its size; a file that is gone costs its own image only', async () => {
  const received: Buffer[] = []
  const port = await server(async (peer) => {
    await acceptAssociation(peer)
    await serve(peer, () => 0, received)
  })
  const large = {
    Rows: 1200,
    Columns: 1100,
    PixelData: Uint8Array.from({ length: 1200 * 1100 * 2 }, (_, at) => at % 251),
  }
  const instances = [storedFile(1), storedFile(2), storedFile(3, large), storedFile(4), storedFile(5)]
  rmSync(instances[3]?.path ?? '')
  const { list } = await outcomes(port, instances)
  expect(list.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'failure', 'success'])
  const stored = instances.filter(({ instanceId }) => instanceId !== 4).map(({ path }) => dataSetBytes(path))
  expect(received.map((bytes, index) => bytes.equals(stored[index] ?? Buffer.alloc(0)))).toEqual(Array(4).fill(true))
})
