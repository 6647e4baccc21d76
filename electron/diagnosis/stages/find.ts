import { adviceFor } from '../adviceFor.ts'
import { findCommand } from '../commandLines.ts'
import { day } from '../day.ts'
import { offersSearch } from '../proposal.ts'
import { notRun, type Stage } from '../stage.ts'

const MOST = 500

/** PS3.4 C.4.1: how many studies of today? None is an answer as good as any. */
export const find: Stage = {
  stage: 'find',
  title: () => 'Query',
  async run(context, signal) {
    const { found, parts, queryPeer: peer, server, call } = context
    if (!server.queryRetrieve) return notRun('switched off for this server')
    const commands = peer.web ? [] : [findCommand(context, day())]
    if (!peer.web && !offersSearch(found))
      return {
        result: 'fail',
        detail: 'not offered to us',
        advice: {
          what: `${call.serverName} does not let us search.`,
          who: 'administrator',
          how: `The administrator allows Query/Retrieve for ${call.callingAETitle}; if it only receives images, untick Query/Retrieve here.`,
          values: [{ label: 'AE title', value: call.callingAETitle }],
          commands,
        },
      }
    let count = 0
    try {
      const keys = { StudyDate: day(), StudyInstanceUID: '', PatientID: '', ModalitiesInStudy: '' }
      for await (const match of parts.node.find(peer, { level: 'STUDY', keys }, signal)) {
        count += 1
        found.studies.push({ studyInstanceUID: match.StudyInstanceUID ?? '', patientID: match.PatientID ?? '' })
        if (count >= MOST) break
      }
    } catch (error) {
      const { detail, advice } = adviceFor(context, error)
      return { result: 'fail', detail, advice: { ...advice, commands } }
    }
    const number = count >= MOST ? `${MOST} studies or more` : count === 1 ? '1 study' : `${count || 'no'} studies`
    return { result: 'pass', detail: `${number} of today` }
  },
}
