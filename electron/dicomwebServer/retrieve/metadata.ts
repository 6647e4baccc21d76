import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import { type Part10Header, readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { nativeColour } from '#electron/dicom/transcode/nativeColour.ts'
import { encodeDataSet } from '#electron/dicomJson/encodeDataSet.ts'
import type { JsonElement } from '#electron/dicomJson/jsonModel.ts'
import { codecOf } from '#electron/pixels/canDecode.ts'
import { pixelFormat } from '#electron/pixels/pixelFormat.ts'
import { jsonSyntax, jsonType } from '../http/accept.ts'
import type { Answer, Asked } from '../http/answer.ts'
import type { Target } from '../http/route.ts'
import { resourceUrl } from '../resourceUrl.ts'
import { type RetrieveArchive, selectInstances } from './selectInstances.ts'

/**
 * WADO-RS, all attributes without bulk data (PS3.18 10.4.1.1.2), one instance after the other. Nothing said means
 * Explicit VR Little Endian (8.7.3.5.2): pixels are described as its samples are, which is how frames are given to whoever
 * names no transfer syntax. `application/dicom+json; transfer-syntax=*` describes them as they are stored.
 */
export async function retrieveMetadata(
  { archive }: { archive: RetrieveArchive },
  asked: Asked,
  target: Target,
): Promise<Answer> {
  const type = jsonType(asked.accept)
  const syntax = jsonSyntax(asked.accept)
  const selected = await selectInstances(archive, target, asked.signal)
  return { status: 200, headers: { 'content-type': type }, body: list() }

  async function* list(): AsyncGenerator<string> {
    let before = '['
    for await (const instance of selected.instances()) {
      yield before
      const asStored = syntax === '*' || syntax === instance.transferSyntaxUID
      yield* metadataOf(instance, asked.base, asStored)
      before = ','
    }
    yield before === '[' ? '[]' : ']'
  }
}

/** Written in pieces of some size: an object with a hundred thousand attributes is no reason to hold them all as text. */
const PIECE_LENGTH = 64 * 1024

function* metadataOf(instance: StoredInstance, base: string, asStored: boolean): Generator<string> {
  const { studyInstanceUID, seriesInstanceUID, sopInstanceUID, path, transferSyntaxUID } = instance
  const own = resourceUrl(base, [studyInstanceUID, seriesInstanceUID, sopInstanceUID])
  const header = readHeaderFromFile(path)
  const differs = asStored ? undefined : decodedPixels(header)
  let text = '{'
  let isFirst = true
  let hasSyntax = false
  const add = (tag: string, element: unknown) => {
    text += `${isFirst ? '' : ','}"${tag}":${JSON.stringify(element)}`
    isFirst = false
  }
  for (const [tag, element] of encodeDataSet(header, { bulkDataURI: (place) => `${own}/bulkdata/${place}` })) {
    // Not of the object: in which transfer syntax its pixels are to be had, which a viewer has no other way to know.
    if (!hasSyntax && tag > AVAILABLE_TRANSFER_SYNTAX) {
      add(AVAILABLE_TRANSFER_SYNTAX, { vr: 'UI', Value: [transferSyntaxUID] })
      hasSyntax = true
    }
    if (tag === AVAILABLE_TRANSFER_SYNTAX) continue
    add(tag, (element.Value && differs?.[tag]) || element)
    if (text.length < PIECE_LENGTH) continue
    yield text
    text = ''
  }
  yield `${text}}`
}

const AVAILABLE_TRANSFER_SYNTAX = '00083002'

/** What is otherwise in frames of this object that were decoded here (PS3.3 C.7.6.3). */
function decodedPixels(header: Part10Header): Readonly<Record<string, JsonElement>> | undefined {
  const codec = codecOf(header.transferSyntaxUID)
  if (!header.pixelData?.encapsulated || codec === undefined) return undefined
  const colour = nativeColour(pixelFormat(header), codec)
  return { '00280004': { vr: 'CS', Value: [colour] }, '00280006': { vr: 'US', Value: [0] } }
}
