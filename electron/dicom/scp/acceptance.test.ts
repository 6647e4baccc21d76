import { afterEach, expect, test } from 'vitest'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  JPEG_BASELINE,
  RLE_LOSSLESS,
} from '#shared/dicom/transferSyntax.ts'
import type { KnownDevice, NodeConfiguration } from '../nodeApi.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, type TestNode } from '../testing/testNode.ts'

let here: TestNode
afterEach(() => here.close())

const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4'
const PRIVATE = '1.3.46.670589.5.0.1.1'

/** What became of proposals that each name a class and syntaxes: the accepted syntax, or the reason against it. */
async function answers(proposals: [string, ...string[]][], callingAETitle = 'CT1') {
  const contexts = proposals.map(([abstractSyntax, ...transferSyntaxes], index) => ({
    ...{ id: index * 2 + 1, abstractSyntax, transferSyntaxes },
  }))
  const { peer, accept } = await ScriptedPeer.open(here.port, { callingAETitle, contexts })
  peer.destroy()
  return accept.contexts.map(({ result, transferSyntax }) => (result === 0 ? transferSyntax : result))
}

async function open(device: Partial<KnownDevice>, more: Partial<NodeConfiguration> = {}) {
  const known = [{ aeTitle: 'CT1', host: '127.0.0.1', preferredTransferSyntaxUID: '', ...device }]
  here = await openTestNode({ known, ...more })
}

test('a device may store the chosen classes and no others; another device is not concerned', async () => {
  await open({ acceptedClasses: [CT_IMAGE] })
  const both: [string, string][] = [
    [CT_IMAGE, EXPLICIT_VR_LITTLE_ENDIAN],
    [MR_IMAGE, EXPLICIT_VR_LITTLE_ENDIAN],
  ]
  expect(await answers(both)).toEqual([EXPLICIT_VR_LITTLE_ENDIAN, 1])
  expect(await answers(both, 'ANYBODY')).toEqual([EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN])
})

test('a device of which only uncompressed images are taken is answered with what is not compressed', async () => {
  await open({ acceptedSyntaxes: 'uncompressed' })
  expect(
    await answers([
      [CT_IMAGE, RLE_LOSSLESS, JPEG_BASELINE],
      [CT_IMAGE, RLE_LOSSLESS, EXPLICIT_VR_BIG_ENDIAN],
      [CT_IMAGE, IMPLICIT_VR_LITTLE_ENDIAN],
    ]),
  ).toEqual([4, EXPLICIT_VR_BIG_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN])
})

test('chosen encodings are taken, and the one that everybody must take', async () => {
  await open({ acceptedSyntaxes: [RLE_LOSSLESS] })
  expect(
    await answers([
      [CT_IMAGE, EXPLICIT_VR_LITTLE_ENDIAN, RLE_LOSSLESS],
      [CT_IMAGE, EXPLICIT_VR_LITTLE_ENDIAN],
      [CT_IMAGE, IMPLICIT_VR_LITTLE_ENDIAN],
    ]),
  ).toEqual([RLE_LOSSLESS, 4, IMPLICIT_VR_LITTLE_ENDIAN])
})

test('classes that the standard does not name are stored or refused, as the setting says', async () => {
  await open({}, { unknownClasses: 'refuse' })
  const both: [string, string][] = [
    [PRIVATE, IMPLICIT_VR_LITTLE_ENDIAN],
    [CT_IMAGE, IMPLICIT_VR_LITTLE_ENDIAN],
  ]
  expect(await answers(both)).toEqual([1, IMPLICIT_VR_LITTLE_ENDIAN])
  await here.node.configure({ ...here.configuration, unknownClasses: 'store' })
  expect(await answers(both)).toEqual([IMPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN])
})

test('the preferred compression is chosen wherever it is proposed, and nothing is refused for want of it', async () => {
  await open({ preferredTransferSyntaxUID: RLE_LOSSLESS })
  expect(
    await answers([
      [CT_IMAGE, EXPLICIT_VR_LITTLE_ENDIAN, JPEG_BASELINE, RLE_LOSSLESS],
      [CT_IMAGE, EXPLICIT_VR_LITTLE_ENDIAN],
      [CT_IMAGE, RLE_LOSSLESS],
      [MR_IMAGE, JPEG_BASELINE, IMPLICIT_VR_LITTLE_ENDIAN],
    ]),
  ).toEqual([RLE_LOSSLESS, EXPLICIT_VR_LITTLE_ENDIAN, RLE_LOSSLESS, JPEG_BASELINE])
})

test('a preferred compression that the device may not use is no reason to use it', async () => {
  await open({ preferredTransferSyntaxUID: RLE_LOSSLESS, acceptedSyntaxes: 'uncompressed' })
  expect(await answers([[CT_IMAGE, EXPLICIT_VR_LITTLE_ENDIAN, RLE_LOSSLESS]])).toEqual([EXPLICIT_VR_LITTLE_ENDIAN])
})
