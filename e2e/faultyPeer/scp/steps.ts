import type { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { ct, data, pdu, releaseRequest, request, requestBody, value } from '../bytes.ts'
import { commandPdu, echoRequest, storeRequest } from '../command.ts'
import { must } from '../faultyCase.ts'
import { image } from '../image.ts'

const { sopInstanceUID, dataSet } = image('endings', 256)
const command = commandPdu(ct.id, storeRequest(sopInstanceUID))
const half = dataSet.length / 2

/** How far an association gets; each step sends and, where there is something to wait for, waits. */
export const steps: [name: string, go: (peer: ScriptedPeer) => Promise<unknown>][] = [
  ['after the connection', async () => {}],
  ['within the header of the request', async (peer) => peer.send(request().subarray(0, 4))],
  ['within the request', async (peer) => peer.send(pdu(1, requestBody().subarray(0, 100), 500))],
  ['behind the request, without reading the answer', async (peer) => peer.send(request())],
  ['after the association', (peer) => begin(peer)],
  [
    'within a command',
    async (peer) => {
      await begin(peer)
      peer.send(data(value(1, 1, echoRequest().subarray(0, 30))))
    },
  ],
  [
    'within the header of a value',
    async (peer) => {
      await begin(peer)
      peer.send(commandPdu(1, echoRequest()).subarray(0, 9))
    },
  ],
  [
    'between command and data set',
    async (peer) => {
      await begin(peer)
      peer.send(command)
    },
  ],
  [
    'within the data set',
    async (peer) => {
      await begin(peer)
      peer.send(command)
      peer.send(data(value(ct.id, 0, dataSet.subarray(0, half))))
    },
  ],
  [
    'behind the data set, without reading the answer',
    async (peer) => {
      await begin(peer)
      peer.send(command)
      peer.send(data(value(ct.id, 2, dataSet)))
    },
  ],
  [
    'after the answer',
    async (peer) => {
      await begin(peer)
      peer.send(commandPdu(1, echoRequest()))
      must((await peer.next())?.type === 4, 'no answer came')
    },
  ],
  [
    'behind the release request',
    async (peer) => {
      await begin(peer)
      peer.send(releaseRequest)
    },
  ],
]

async function begin(peer: ScriptedPeer): Promise<void> {
  peer.send(request())
  must((await peer.next())?.type === 2, 'the association was not accepted')
}
