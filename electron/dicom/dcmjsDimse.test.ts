import dcmjsDimse from 'dcmjs-dimse'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from './testing/freePort.ts'
import { openTestNode, peerAt, type TestNode } from './testing/testNode.ts'
import { storedFile } from './testing/testObject.ts'

const { Client, Dataset, Scp, Server, constants, requests, responses } = dcmjsDimse
dcmjsDimse.log.setLevel('silent')

/** dcmjs-dimse as a peer: another implementation than DCMTK's, in both roles. */
class Archive extends Scp {
  override associationRequested(association: dcmjsDimse.association.Association) {
    for (const { context } of association.getPresentationContexts()) {
      const [first] = context.getTransferSyntaxUids()
      if (first === undefined) continue
      context.setResult(constants.PresentationContextResult.Accept, first)
    }
    this.sendAssociationAccept()
  }
  override cEchoRequest(request: never, callback: (response: never) => void) {
    const response = responses.CEchoResponse.fromRequest(request)
    response.setStatus(constants.Status.Success)
    callback(response as never)
  }
  override cFindRequest(request: never, callback: (list: never) => void) {
    const pending = responses.CFindResponse.fromRequest(request)
    pending.setStatus(constants.Status.Pending)
    pending.setDataset(new Dataset({ PatientName: 'Found^One', StudyInstanceUID: '1.2.3' }))
    const last = responses.CFindResponse.fromRequest(request)
    last.setStatus(constants.Status.Success)
    callback([pending, last] as never)
  }
  override associationReleaseRequested() {
    this.sendAssociationReleaseResponse()
  }
}

let here: TestNode
beforeEach(async () => {
  here = await openTestNode()
})
afterEach(() => here.close())

function statusOf(
  request: InstanceType<typeof requests.CEchoRequest | typeof requests.CStoreRequest>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const client = new Client()
    request.on('response', (response: { getStatus(): number }) => resolve(response.getStatus()))
    client.on('networkError', reject)
    client.addRequest(request)
    client.send('127.0.0.1', here.port, 'DCMJS', 'NEGATOSCOPE')
  })
}

test('dcmjs-dimse echoes us and stores with us', async () => {
  expect(await statusOf(new requests.CEchoRequest())).toBe(0)
  const { path, sopInstanceUID } = storedFile(1)
  expect(await statusOf(new requests.CStoreRequest(path))).toBe(0)
  expect(Object.keys(await here.archive.reader.holds([sopInstanceUID]))).toHaveLength(1)
})

test('we echo and query dcmjs-dimse', async () => {
  const server = new Server(Archive)
  const port = await freePort()
  server.listen(port)
  try {
    const signal = new AbortController().signal
    expect((await here.node.echo(peerAt(port), signal)).implementation).toBeTruthy()
    const names: string[] = []
    const query = { level: 'STUDY' as const, keys: { PatientName: '', StudyInstanceUID: '' } }
    for await (const match of here.node.find(peerAt(port), query, signal)) names.push(match.PatientName ?? '')
    expect(names).toEqual(['Found^One'])
  } finally {
    server.close()
  }
})
