import { listenSentence } from '#electron/listening/listenSentence.ts'
import { adviceFor } from '../adviceFor.ts'
import { type Arrived, arrivals } from '../arrivals.ts'
import { chooseImage } from '../chooseImage.ts'
import { offersSearch } from '../proposal.ts'
import { rehearse } from '../rehearse.ts'
import { notArrived, refusedHere, unknownDestination } from '../retrieveAdvice.ts'
import { type DiagnosisContext, notRun, type RemoteImage, type Stage, type StageOutcome } from '../stage.ts'

/** R087: does an image find its way here? One is fetched, and thrown away again unless its study is here already. */
export const retrieve: Stage = {
  stage: 'retrieve',
  title: () => 'Retrieve rehearsal',
  async run(context, signal) {
    const { options, server, listening, found, queryPeer, retrievePeer } = context
    const comesIn = !retrievePeer.web && server.retrieveBy === 'move'
    if (!server.queryRetrieve) return notRun('Query/Retrieve is switched off for this server')
    if (!options.rehearseRetrieve) return notRun('not asked for')
    if (!queryPeer.web && !offersSearch(found)) return notRun('it cannot be searched, so there is nothing to ask for')
    if (comesIn && listening.state !== 'listening') return notListening(listening)
    let image: RemoteImage | undefined
    try {
      image = await chooseImage(context, signal)
    } catch (error) {
      const { detail, advice } = adviceFor(context, error)
      return { result: 'fail', detail, advice }
    }
    if (!image) return notRun('nothing there that could be fetched')
    return fetchOne(context, image, signal)
  },
}

async function fetchOne(context: DiagnosisContext, image: RemoteImage, signal: AbortSignal): Promise<StageOutcome> {
  const { server, parts, settings, retrievePeer } = context
  let release = () => {}
  if (!retrievePeer.web && server.retrieveBy === 'move') {
    try {
      release = await parts.holdPort(server.listenPort)
    } catch (error) {
      const what = listenSentence({ host: settings.bindAddress || undefined, port: server.listenPort }, error)
      const how = 'Free that port, or agree on another listen port with its administrator.'
      const advice = { what, who: 'you' as const, how, values: [], commands: [] }
      return { result: 'fail', detail: `our port ${server.listenPort} cannot be opened`, advice }
    }
  }
  const watched = arrivals(parts.events, image)
  const unclaim = parts.takeArrival(image.sopInstanceUID)
  try {
    const { arrived, status, errorComment } = await rehearse(context, image, watched, signal)
    if (arrived?.outcome === 'refused') return refusedHere(context, arrived)
    if (arrived) return { result: 'pass', detail: await cameBack(context, image, arrived) }
    const knock = watched.refusedKnock()
    if (status === 0xa801 || isUnableToProcess(status)) return unknownDestination(context, image, status, errorComment)
    return notArrived(context, image, { status, errorComment, knock })
  } catch (error) {
    const { detail, advice } = adviceFor(context, error)
    return { result: 'fail', detail, advice }
  } finally {
    watched.stop()
    unclaim()
    release()
  }
}

/** PS3.4 Table C.4-2: Orthanc and others answer so where they do not know the destination. */
const isUnableToProcess = (status: number) => status >> 12 === 0xc

async function cameBack(
  { server, parts, found, retrievePeer }: DiagnosisContext,
  image: RemoteImage,
  arrived: Arrived,
) {
  const isOurs = retrievePeer.web || server.retrieveBy === 'get'
  const way = isOurs ? 'came on our own connection' : `came in at port ${server.listenPort}`
  const { studyId, outcome } = arrived
  if (studyId === undefined) return `1 image ${way}`
  const [study] = await parts.archive.reader.getStudies([studyId])
  // Whatever else lies under this study was here before, and stays.
  if (study && study.instances > 1) return `1 image ${way}`
  const isTest = found.testImage?.studyInstanceUID === image.studyInstanceUID
  if (!isTest && found.studiesHere.has(image.studyInstanceUID)) return `1 image ${way}`
  if (outcome === 'stored') {
    await parts.archive.writer.discardInstance(image.sopInstanceUID)
    return `1 image ${way}; it is deleted again`
  }
  // It was in the trash and came out of it: back to where a person laid it.
  await parts.archive.writer.trashStudies([studyId])
  return `1 image ${way}; it lies in the trash again`
}

function notListening(listening: DiagnosisContext['listening']): StageOutcome {
  return {
    result: 'fail',
    detail: 'nothing listens here',
    advice: {
      what: `This workstation does not listen, so nothing can come in. ${listening.state === 'failed' ? listening.sentence : ''}`.trim(),
      who: 'you',
      how: 'Confirm AE title and port under Settings; or choose GET for this server, where nothing has to come in.',
      values: [],
      commands: [],
    },
  }
}
