import { UNRECOGNIZED_OPERATION } from '#shared/dicom/status.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseProtocolError } from '../dimse/dimseError.ts'
import { encodeIdentifier } from '../dimse/identifier.ts'
import type { GetRequest, GetStep, NodeConfiguration, Peer } from '../nodeApi.ts'
import type { ServedAssociation, Service } from '../scp/service.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { askToStop } from './askToStop.ts'
import { getContexts, getRoles } from './getContexts.ts'
import { withPatient } from './patientOfStudy.ts'
import { acceptedRoot } from './queryRoot.ts'
import { Requestor } from './requestor.ts'
import { retrieveKeys } from './retrieveKeys.ts'
import { retrieveProgress } from './retrieveProgress.ts'

/** The peer hears C-CANCEL only after the object under way, which may be long: nobody waits for that. */
const CANCEL_PATIENCE_MS = 700

/** Where the objects of a C-GET go: the service that takes in what others send. */
export interface GetTarget {
  storage: Service
  configuration: NodeConfiguration
}

/**
 * PS3.4 C.4.3. The images come on the same association and take the road of every received one, so that the server hears
 * of success when they are on disk. Steps come as they happen; the last is the final response.
 */
export async function* get(
  peer: Peer,
  request: GetRequest,
  signal: AbortSignal,
  target: GetTarget,
): AsyncGenerator<GetStep> {
  const steps: GetStep[] = []
  let wake = () => {}
  let storing = false
  const contexts = getContexts(request.sopClassUIDs, peer.queryRoot)
  const requestor = await Requestor.open(peer, contexts, signal, {
    roles: getRoles(contexts),
    onRequest(opened, context, command) {
      if (command.commandField !== commandField.cStoreRequest) {
        opened.respond(context, command, { status: UNRECOGNIZED_OPERATION })
        return undefined
      }
      // No asynchronous operations were negotiated (PS3.7 D.3.3.3): one that does not wait would fill our memory.
      if (storing) throw new DimseProtocolError('An object came before the last one was answered')
      storing = true
      const served = receiving(peer, opened, target, (step) => {
        if (step === 'answered') storing = false
        else steps.push(step)
        wake()
      })
      // Who asked for it (0000,1030) is told by a C-MOVE only; here we know.
      const store = { ...command, moveOriginatorAETitle: peer.callingAETitle }
      return target.storage.request(served, context, store, signal)
    },
  })
  try {
    const { root, context } = acceptedRoot(requestor, 'GET', peer)
    const asked = await withPatient(peer, request, root, signal)
    const messageID = requestor.nextMessageID()
    const command: CommandSet = {
      commandField: commandField.cGetRequest,
      hasDataSet: true,
      affectedSOPClassUID: context.abstractSyntax,
      messageID,
      priority: 0,
    }
    requestor.send(context, command, encodeIdentifier(retrieveKeys(asked, root), context.transferSyntax))
    askToStop(requestor, context, messageID, CANCEL_PATIENCE_MS)
    let isFinal = false
    while (!isFinal) {
      let answered = false
      const response = requestor.next().finally(() => {
        answered = true
        wake()
      })
      response.catch(() => {}) // met below
      while (!answered) {
        yield* steps.splice(0)
        if (answered) break
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      yield* steps.splice(0)
      const progress = retrieveProgress(await response)
      isFinal = progress.final
      yield { kind: 'progress', progress }
    }
  } finally {
    await requestor.release()
  }
}

type Told = GetStep | 'answered'

/** What the storage service sees of the association that we opened. */
function receiving(peer: Peer, requestor: Requestor, target: GetTarget, tell: (told: Told) => void): ServedAssociation {
  return {
    id: '',
    party: { callingAETitle: peer.calledAETitle, calledAETitle: peer.callingAETitle, address: peer.host },
    configuration: target.configuration,
    agreed: () => undefined,
    respond(context: AcceptedContext, request: CommandSet, response: Partial<CommandSet>) {
      requestor.respond(context, request, response)
      tell('answered')
    },
    drained: () => Promise.resolve(),
    requests: requestor,
    // The server waits for our answer before it sends more.
    hold: () => () => {},
    hasCompany: false,
    report: (event) => {
      if (event.kind === 'instanceReceived') tell({ kind: 'received', event })
    },
  }
}
