import { nestedSequences } from '#electron/demo/hostile.ts'
import { encodeDataSet } from '#electron/demo/writePart10.ts'
import type { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { usualRetrieving } from '#shared/contract/servers.ts'
import { parsePart10 } from '../../workstation/storedFiles.ts'
import { crumbs, EXPLICIT } from '../bytes.ts'
import { commandPdu, element, response, us } from '../command.ts'
import { drained, must } from '../faultyCase.ts'
import { long } from '../scp/elements.ts'
import { type Asked, accept, answer, asked, casesOf, type Fault, takeRequest } from './faultyScp.ts'

const PENDING = 0xff00
const study = (uid: string, more: Parameters<typeof encodeDataSet>[0] = {}) =>
  Buffer.from(
    encodeDataSet({ QueryRetrieveLevel: 'STUDY', PatientName: 'Faulty', StudyInstanceUID: uid, ...more }, EXPLICIT),
  )

function match({ contextId, ...request }: Asked, identifier: Buffer): Buffer {
  const command = commandPdu(contextId, response({ ...request, status: PENDING, hasDataSet: true }))
  return Buffer.concat([command, crumbs(contextId, 0, identifier, 16_000)])
}

/** A peer that answers by these identifiers and then says that this was all. */
const answersBy = (name: string, identifiers: () => Buffer[], more: Partial<Fault> = {}): Fault => ({
  name,
  on: ['find'],
  async script(peer) {
    await accept(peer)
    for (let next = await takeRequest(peer); next; next = await takeRequest(peer)) {
      for (const identifier of identifiers()) peer.send(match(next, identifier))
      answer(peer, next, { status: 0 })
    }
  },
  ...more,
})

/** As long as the peer is there, as fast as it reads. */
async function endlessly(peer: ScriptedPeer, bytes: (index: number) => Buffer): Promise<void> {
  for (let i = 0; !peer.isClosed; i += 1) {
    peer.send(bytes(i))
    await drained(peer)
    if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
    if (peer.socket.destroyed) return
  }
}

const borne = { isBorne: true }

export const matches = casesOf([
  answersBy('matches that are noise', () => [Buffer.alloc(500, 0xa5), study('1.2.3')]),
  answersBy('matches of 20,000 nested sequences', () => [
    parsePart10(Buffer.from(nestedSequences())).dataSet as Buffer,
  ]),
  answersBy('matches cut within an element', () => [study('1.2.3').subarray(0, 30)]),
  answersBy('matches of 2 MB', () => [Buffer.concat([study('1.2.3'), Buffer.alloc(2 * 1024 * 1024)])]),
  answersBy(
    'matches with hostile values',
    () => [
      study('../../etc/passwd', { PatientName: '<script>alert(1)</script>', StudyDate: '99999999' }),
      study('1.2.3', { PatientName: `${'='.repeat(60_000)}x`, AccessionNumber: '\x1b[2J' }),
      study('', {}),
    ],
    borne,
  ),
  answersBy('matches without identifier', () => [Buffer.alloc(0), Buffer.alloc(0)], { check: () => {} }),
  answersBy('the same study ten thousand times', () => Array.from({ length: 10_000 }, () => study('1.2.3')), {
    check: ({ found }) => must(found <= 1, `${found} studies were shown`),
  }),
  answersBy(
    'sixty matches of 900 KB each',
    () =>
      Array.from({ length: 60 }, (_, i) =>
        Buffer.concat([study(`1.2.${i}`), long(0x0021, 0x1001, 'OB', Buffer.alloc(900_000))]),
      ),
    borne,
  ),
  {
    name: 'matches without an end',
    on: ['find'],
    check: ({ found }) => must(found <= usualRetrieving.searchLimit, `${found} studies were shown`),
    async script(peer) {
      const request = await asked(peer)
      await endlessly(peer, (i) => match(request, study(`1.2.3.${i}`)))
    },
  },
  {
    name: 'the same match without an end',
    on: ['find'],
    check: ({ found }) => must(found <= 1, `${found} studies were shown`),
    async script(peer) {
      const request = await asked(peer)
      const one = match(request, study('1.2.3'))
      await endlessly(peer, () => one)
    },
  },
  {
    name: 'pendings without identifier, without an end',
    on: ['find', 'move'],
    check: ({ found }) => must(found === 0, `${found} studies were shown`),
    async script(peer) {
      const { contextId, ...request } = await asked(peer)
      const one = commandPdu(contextId, response({ ...request, status: PENDING }))
      const many = Buffer.concat(Array.from({ length: 100 }, () => one))
      await endlessly(peer, () => many)
    },
  },
  {
    name: 'counts of 65,535 in each response, without an end',
    on: ['move'],
    async script(peer) {
      const { contextId, ...request } = await asked(peer)
      const more = [0x1020, 0x1021, 0x1022, 0x1023].map((number) => element(number, us(0xffff)))
      const one = commandPdu(contextId, response({ ...request, status: PENDING, more }))
      while (!peer.isClosed) {
        peer.send(one)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
  },
  {
    name: 'success, and nothing ever came',
    on: ['move'],
    async script(peer) {
      await accept(peer)
      for (let next = await takeRequest(peer); next; next = await takeRequest(peer))
        answer(peer, next, {
          status: 0,
          more: [element(0x1021, us(60_000)), element(0x1022, us(0)), element(0x1023, us(0))],
        })
    },
  },
  {
    name: 'a list of failed UIDs that is noise',
    on: ['move'],
    async script(peer) {
      await accept(peer)
      for (let next = await takeRequest(peer); next; next = await takeRequest(peer)) {
        const { contextId, ...request } = next
        peer.send(
          commandPdu(
            contextId,
            response({ ...request, status: 0xb000, hasDataSet: true, more: [element(0x1022, us(5))] }),
          ),
        )
        peer.send(crumbs(contextId, 0, Buffer.alloc(3000, 0xa5), 1000))
      }
    },
  },
])
