import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { deflateBomb } from '#electron/demo/hostile.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { createNode } from '../node.ts'
import { readHeader } from '../part10/readHeader.ts'
import { echo } from '../scu/echo.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { ctObject, storeRequest } from '../testing/testObject.ts'

let here: TestNode
afterEach(() => here.close())

async function sender(port: number, abstractSyntax = CT_IMAGE, syntax = EXPLICIT_VR_LITTLE_ENDIAN) {
  const { peer } = await ScriptedPeer.open(port, { contexts: [{ id: 1, abstractSyntax, transferSyntaxes: [syntax] }] })
  return peer
}

test('a deflate bomb is refused, and meanwhile a C-ECHO of another is answered within a second', async () => {
  here = await openTestNode()
  const file = Buffer.from(await deflateBomb(512 * 1024 * 1024))
  const header = readHeader(file.subarray(0, 1000))
  const sopClassUID = header.text('00020002')
  const sopInstanceUID = header.text('00020003')
  const dataSet = file.subarray(header.dataSetOffset)
  const peer = await sender(here.port, '1.2.840.10008.5.1.4.1.1.7', DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
  peer.message(
    1,
    storeRequest({
      sopClassUID: sopClassUID || '1.2.840.10008.5.1.4.1.1.7',
      sopInstanceUID: sopInstanceUID || '1.2.3',
      dataSet,
    }),
    dataSet,
  )
  const { elapsedMs } = await echo(peerAt(here.port), new AbortController().signal)
  expect(elapsedMs).toBeLessThan(10_000)
  expect((await peer.nextCommand())?.status).toBeGreaterThanOrEqual(0xa700)
  expect((await here.archive.reader.totals()).instances).toBe(0)
  peer.destroy()
})

test.each([
  ['no-space', 0xa700, 'The storage folder is full'],
  ['io', 0xa700, 'The storage folder cannot be written'],
  ['THREAD_GONE', 0x0110, 'The object cannot be stored'],
])('when the index answers %s the store fails and is never a success', async (code, status, errorComment) => {
  here = await openTestNode()
  const refusing = {
    createStep: here.archive.writer.createStep,
    changeStep: here.archive.writer.changeStep,
    beginCommitment: here.archive.writer.beginCommitment,
    answerCommitment: here.archive.writer.answerCommitment,
    addInstance: () => Promise.reject(Object.assign(new Error('refused for the test'), { code })),
  }
  const failing = createNode(here.configuration, refusing, here.archive.reader)
  const { port } = await failing.listen({ host: '127.0.0.1', port: 0 })
  const peer = await sender(port)
  const object = ctObject()
  peer.message(1, storeRequest(object), object.dataSet)
  expect(await peer.nextCommand()).toMatchObject({ status, errorComment })
  // Without an answer the row may be there, so the archive looks at its next start; refused, nobody needs the file.
  const left = readdirSync(here.configuration.storageFolder, { recursive: true }).filter((name) =>
    /dcm$/.test(String(name)),
  )
  expect(left).toHaveLength(code === 'THREAD_GONE' ? 1 : 0)
  peer.destroy()
  await failing.close(0)
})

test('a file that the index had put elsewhere before it failed leaves the reason as it is', async () => {
  here = await openTestNode()
  const { storageFolder } = here.configuration
  const failing = createNode(
    here.configuration,
    {
      createStep: here.archive.writer.createStep,
      changeStep: here.archive.writer.changeStep,
      beginCommitment: here.archive.writer.beginCommitment,
      answerCommitment: here.archive.writer.answerCommitment,
      addInstance: ({ file }) => {
        rmSync(join(storageFolder, file))
        return Promise.reject(Object.assign(new Error('refused for the test'), { code: 'no-space' }))
      },
    },
    here.archive.reader,
  )
  const { port } = await failing.listen({ host: '127.0.0.1', port: 0 })
  const peer = await sender(port)
  const object = ctObject()
  peer.message(1, storeRequest(object), object.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0xa700)
  peer.destroy()
  await failing.close(0)
})

test('a storage folder that went away is A700', async () => {
  here = await openTestNode()
  const { storageFolder } = here.configuration
  const peer = await sender(here.port)
  const first = ctObject()
  peer.message(1, storeRequest(first), first.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0)
  rmSync(join(storageFolder, 'tmp'), { recursive: true })
  writeFileSync(join(storageFolder, 'tmp'), '')
  const second = ctObject()
  peer.message(1, storeRequest(second), second.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0xa700)
  peer.destroy()
})

test('eight associations at once store everything that they were told is stored', async () => {
  here = await openTestNode()
  const stored: string[] = []
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const peer = await sender(here.port)
      for (let i = 0; i < 10; i += 1) {
        const object = ctObject()
        peer.message(1, storeRequest(object, i + 1), object.dataSet)
        const answer = await peer.nextCommand()
        expect(answer).toMatchObject({ status: 0, messageIDBeingRespondedTo: i + 1 })
        expect(Object.keys(await here.archive.reader.holds([object.sopInstanceUID]))).toHaveLength(1)
        stored.push(object.sopInstanceUID)
      }
      peer.destroy()
    }),
  )
  expect(Object.keys(await here.archive.reader.holds(stored))).toHaveLength(80)
})
