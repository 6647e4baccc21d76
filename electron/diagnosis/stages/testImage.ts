import { SECONDARY_CAPTURE_IMAGE } from '#shared/dicom/sopClass.ts'
import { adviceFor } from '../adviceFor.ts'
import { storeCommand } from '../commandLines.ts'
import { offersSearch } from '../proposal.ts'
import { type DiagnosisContext, notRun, type RemoteImage, type Stage, type StageOutcome } from '../stage.ts'
import { makeTestImage } from '../testImageFile.ts'
import { pause } from '../within.ts'

/** A server may take a moment between its answer and its index. */
const LOOK_AFTER_MS = [0, 400, 1000, 2000]

/** R083: stores a marked image, and finds it again. */
export const testImage: Stage = {
  stage: 'test-image',
  title: () => 'Test image',
  async run(context, signal) {
    const { options, found, parts, sendPeer, settings } = context
    if (!options.testImage) return notRun('not asked for')
    if (!sendPeer.web && !found.storageSyntaxes.has(SECONDARY_CAPTURE_IMAGE))
      return notRun('it takes no secondary captures from us')
    const file = await makeTestImage(settings.aeTitle)
    try {
      for await (const { outcome, status, note } of parts.node.send(sendPeer, [file.instance], signal)) {
        if (outcome !== 'failure') continue
        const error =
          status === undefined
            ? { code: 'LOST', details: { code: 'LOST' } }
            : { code: 'DIMSE', details: { code: 'DIMSE', status, errorComment: note } }
        return refused(context, error)
      }
      found.testImage = file.image
      return await verify(context, file.image, signal)
    } catch (error) {
      return refused(context, error)
    } finally {
      await file.remove()
    }
  },
}

function refused(context: DiagnosisContext, error: unknown): StageOutcome {
  const { detail, advice } = adviceFor({ ...context, call: { ...context.call, hasAnswered: true } }, error)
  return {
    result: 'fail',
    detail: `not stored, ${detail}`,
    advice: { ...advice, commands: context.sendPeer.web ? [] : [storeCommand(context)] },
  }
}

async function verify(context: DiagnosisContext, image: RemoteImage, signal: AbortSignal): Promise<StageOutcome> {
  const { server, parts, queryPeer: peer, call, found } = context
  if (!server.queryRetrieve || (!peer.web && !offersSearch(found)))
    return { result: 'pass', detail: 'stored; it cannot be searched, so nobody looked' }
  const { studyInstanceUID: StudyInstanceUID, seriesInstanceUID: SeriesInstanceUID } = image
  const keys = { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID: image.sopInstanceUID }
  for (const afterMs of LOOK_AFTER_MS) {
    await pause(afterMs, signal)
    try {
      for await (const match of parts.node.find(peer, { level: 'IMAGE', keys }, signal))
        if (match.SOPInstanceUID === image.sopInstanceUID) return { result: 'pass', detail: 'stored and found again' }
    } catch (error) {
      return { result: 'warn', detail: `stored; ${adviceFor(context, error).detail}` }
    }
  }
  return {
    result: 'warn',
    detail: 'stored, not found yet',
    advice: {
      what: `${call.serverName} says that it stored the test image, and does not find it.`,
      who: 'administrator',
      how: 'The administrator looks where it went: a rule may hold new images back, or its index is behind.',
      values: [{ label: 'Study Instance UID', value: image.studyInstanceUID }],
      commands: [],
    },
  }
}
