import {
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  JPEG_2000_LOSSLESS,
  JPEG_LOSSLESS_SV1,
} from '#shared/dicom/transferSyntax.ts'
import { adviceFor } from '../adviceFor.ts'
import { storeCommand } from '../commandLines.ts'
import type { Stage } from '../stage.ts'

/** What clinics send most, by the short names that people use. */
const KINDS: readonly (readonly [string, string])[] = [
  ['CT', '1.2.840.10008.5.1.4.1.1.2'],
  ['MR', '1.2.840.10008.5.1.4.1.1.4'],
  ['CR', '1.2.840.10008.5.1.4.1.1.1'],
  ['DX', '1.2.840.10008.5.1.4.1.1.1.1'],
  ['IO', '1.2.840.10008.5.1.4.1.1.1.3'],
  ['MG', '1.2.840.10008.5.1.4.1.1.1.2'],
  ['US', '1.2.840.10008.5.1.4.1.1.6.1'],
  ['US clips', '1.2.840.10008.5.1.4.1.1.3.1'],
  ['XA', '1.2.840.10008.5.1.4.1.1.12.1'],
  ['RF', '1.2.840.10008.5.1.4.1.1.12.2'],
  ['NM', '1.2.840.10008.5.1.4.1.1.20'],
  ['PT', '1.2.840.10008.5.1.4.1.1.128'],
  ['ES', '1.2.840.10008.5.1.4.1.1.77.1.1'],
  ['SC', '1.2.840.10008.5.1.4.1.1.7'],
  ['SR', '1.2.840.10008.5.1.4.1.1.88.22'],
  ['PDF', '1.2.840.10008.5.1.4.1.1.104.1'],
]
const UNCOMPRESSED = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN]
const COMPRESSED = [JPEG_LOSSLESS_SV1, JPEG_2000_LOSSLESS]

/** Which kinds of images would it take from us, also compressed? Nothing is sent. */
export const storage: Stage = {
  stage: 'storage',
  title: () => 'Storage',
  async run(context, signal) {
    const { found, parts, storePeer, call } = context
    const proposed = KINDS.flatMap(([, uid]) =>
      [UNCOMPRESSED, COMPRESSED].map((transferSyntaxes) => ({ abstractSyntax: uid, transferSyntaxes })),
    )
    let answers: { abstractSyntax: string; result: number; transferSyntax: string }[]
    try {
      answers = (await parts.node.negotiate(storePeer, proposed, signal)).contexts
    } catch (error) {
      const { detail, advice } = adviceFor(context, error)
      return { result: 'fail', detail, advice }
    }
    const syntaxes = new Map<string, string[]>()
    for (const { abstractSyntax, result, transferSyntax } of answers)
      if (result === 0) syntaxes.set(abstractSyntax, [...(syntaxes.get(abstractSyntax) ?? []), transferSyntax])
    found.storageSyntaxes = syntaxes
    const takes = KINDS.filter(([, uid]) => syntaxes.has(uid)).map(([name]) => name)
    const compressed = [...syntaxes.values()].some((list) => list.some((uid) => COMPRESSED.includes(uid)))
    if (takes.length === KINDS.length)
      return {
        result: 'pass',
        detail: `takes every kind asked for${compressed ? ', also compressed' : ', uncompressed only'}`,
      }
    if (takes.length > 0)
      return { result: 'pass', detail: `takes ${takes.join(', ')}${compressed ? ', also compressed' : ''}` }
    return {
      result: 'warn',
      detail: 'takes no images from us',
      advice: {
        what: `${call.serverName} takes no images from ${call.callingAETitle}.`,
        who: 'administrator',
        how: 'Nothing to do when images are only fetched from it; else the administrator allows us to store.',
        values: [{ label: 'AE title', value: call.callingAETitle }],
        commands: [storeCommand(context)],
      },
    }
  },
}
