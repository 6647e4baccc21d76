import { afterEach, expect, test } from 'vitest'
import { CT_IMAGE, VERIFICATION } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, type TestNode } from '../testing/testNode.ts'
import { ctObject, storeRequest } from '../testing/testObject.ts'

let here: TestNode
const peers: ScriptedPeer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  await here.close()
})

const proposal = {
  contexts: [
    { id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] },
    { id: 3, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] },
  ],
}
const allOff = { storage: false, queryRetrieve: false, storageCommitment: false }

async function associate() {
  const { peer, accept } = await ScriptedPeer.open(here.port, proposal)
  peers.push(peer)
  return { peer, results: accept.contexts.map(({ id, result }) => [id, result]) }
}

test('a service that is switched off refuses its contexts as not supported; Verification stays', async () => {
  here = await openTestNode({ services: allOff })
  expect((await associate()).results).toEqual([
    [1, 0],
    [3, 3],
  ])
})

test('an association that stores goes on when Storage is switched off under it; the next one cannot', async () => {
  here = await openTestNode()
  const { peer } = await associate()
  await here.node.configure({ ...here.configuration, services: allOff })
  const object = ctObject()
  peer.message(3, storeRequest(object), object.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0)
  expect((await associate()).results[1]).toEqual([3, 3])
})
