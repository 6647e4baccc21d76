import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import { codecOf } from '#electron/pixels/canDecode.ts'
import { fileMeta } from '#electron/transfers/fileMeta.ts'
import {
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  TRANSFER_SYNTAXES,
} from '#shared/dicom/transferSyntax.ts'
import { acceptedTypes } from '../http/accept.ts'
import { type Answer, type Asked, warning } from '../http/answer.ts'
import type { Target } from '../http/route.ts'
import { notAcceptable, WebRefusal } from '../http/webRefusal.ts'
import { resourceUrl } from '../resourceUrl.ts'
import type { Converter } from './converter.ts'
import { fileRange } from './fileRange.ts'
import { multipartAnswer, type Part } from './multipartWriter.ts'
import { type RetrieveArchive, selectInstances } from './selectInstances.ts'

export interface Wanted {
  /** One instance by itself, not as a part of a message. */
  single: boolean
  /** `*` is any. */
  transferSyntaxes: string[]
  /** Nothing was said: Explicit VR Little Endian is what it means (PS3.18 8.7.3.5.2), as stored what we have else. */
  lenient: boolean
}

/** WADO-RS, whole instances (PS3.18 10.4): as stored, or uncompressed where the caller asks for that. */
export async function retrieveInstances(
  { archive, converter }: { archive: RetrieveArchive; converter: Converter },
  asked: Asked,
  target: Target,
): Promise<Answer> {
  const wanted = wantedInstances(asked.accept, target.instance !== undefined)
  const selected = await selectInstances(archive, target, asked.signal)
  const plans = new Map(selected.transferSyntaxUIDs.map((uid) => [uid, planFor(uid, wanted)]))
  const missing = [...plans].filter(([, plan]) => plan === undefined).map(([uid]) => uid)
  if (missing.length === plans.size)
    throw notAcceptable(`This is stored as ${missing.join(', ')}, and cannot be given in what the Accept header names.`)
  const partOf = async (instance: StoredInstance): Promise<Part | undefined> => {
    const plan = plans.get(instance.transferSyntaxUID)
    if (plan === undefined) return undefined
    const uids = [instance.studyInstanceUID, instance.seriesInstanceUID, instance.sopInstanceUID]
    const location = resourceUrl(asked.base, uids)
    if (plan === 'stored') return { ...asStored(instance), location }
    try {
      return { ...(await converted(converter, instance, plan)), location }
    } catch (error) {
      if (wanted.lenient) return { ...asStored(instance), location }
      throw notAcceptable(error instanceof Error ? error.message : 'It cannot be converted.')
    }
  }
  if (target.instance !== undefined) {
    for await (const instance of selected.instances()) {
      const part = await partOf(instance)
      if (!part) break
      if (!wanted.single) return multipartAnswer('application/dicom', oneByOne([part]))
      return { status: 200, headers: { 'content-type': part.contentType }, body: part.body }
    }
    throw new WebRefusal(404, 'The archive has nothing under these UIDs.')
  }
  const isPartial = missing.length > 0
  return multipartAnswer('application/dicom', all(), {
    ...(isPartial ? { status: 206, sentence: PARTIAL } : {}),
    headers: warning(isPartial ? [PARTIAL] : []),
  })

  async function* all(): AsyncGenerator<Part> {
    for await (const instance of selected.instances()) {
      const part = await partOf(instance)
      if (part) yield part
    }
  }
}

const PARTIAL = 'Some instances cannot be given in what the Accept header names and are left out.'

async function* oneByOne(parts: Part[]): AsyncGenerator<Part> {
  yield* parts
}

export function wantedInstances(accept: string, isOne: boolean): Wanted {
  const fits = acceptedTypes(accept).filter(
    ({ type, inner }) =>
      type === '*/*' ||
      type === 'multipart/*' ||
      (type === 'multipart/related' && (inner === '' || inner === '*/*' || inner === 'application/dicom')) ||
      (isOne && type === 'application/dicom'),
  )
  const [first] = fits
  if (!first) throw notAcceptable('Instances are given as multipart/related; type="application/dicom".')
  const single = first.type === 'application/dicom'
  const syntaxes = fits.filter(({ type }) => (type === 'application/dicom') === single)
  return {
    single,
    transferSyntaxes: syntaxes.map(({ transferSyntax }) => transferSyntax).filter(Boolean),
    lenient: syntaxes.some(({ transferSyntax }) => transferSyntax === ''),
  }
}

/** How an instance that is stored so is given; undefined: not at all. */
export function planFor(
  stored: string,
  { transferSyntaxes, lenient }: Pick<Wanted, 'transferSyntaxes' | 'lenient'>,
): 'stored' | string | undefined {
  const takes = (uid: string) => transferSyntaxes.includes(uid)
  if (takes('*') || takes(stored)) return 'stored'
  const canConvert = TRANSFER_SYNTAXES.has(stored) && codecOf(stored) !== undefined
  if (canConvert && takes(EXPLICIT_VR_LITTLE_ENDIAN)) return EXPLICIT_VR_LITTLE_ENDIAN
  if (canConvert && takes(IMPLICIT_VR_LITTLE_ENDIAN)) return IMPLICIT_VR_LITTLE_ENDIAN
  if (!lenient) return undefined
  return canConvert && stored !== EXPLICIT_VR_LITTLE_ENDIAN ? EXPLICIT_VR_LITTLE_ENDIAN : 'stored'
}

function asStored({ path, bytes, transferSyntaxUID }: StoredInstance): Part {
  return { contentType: `application/dicom; transfer-syntax=${transferSyntaxUID}`, body: fileRange(path, 0, bytes) }
}

async function converted(converter: Converter, instance: StoredInstance, transferSyntaxUID: string): Promise<Part> {
  const { sopClassUID, sopInstanceUID, path } = instance
  const dataSet = await converter.dataSet(path, instance.transferSyntaxUID, transferSyntaxUID)
  const meta = fileMeta({ sopClassUID, sopInstanceUID, transferSyntaxUID })
  return { contentType: `application/dicom; transfer-syntax=${transferSyntaxUID}`, body: pieces([meta, dataSet]) }
}

async function* pieces(list: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* list
}
