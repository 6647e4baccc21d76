import { statusWords } from '#shared/dicom/status.ts'
import { ourValues } from './adviceFor.ts'
import type { Arrived, RefusedKnock } from './arrivals.ts'
import { firewallCommand, moveCommand } from './commandLines.ts'
import type { DiagnosisContext, RemoteImage, StageOutcome } from './stage.ts'

/** R024, A801: it has no address for us. Its administrator needs three values. */
export function unknownDestination(
  context: DiagnosisContext,
  image: RemoteImage,
  status: number,
  comment: string | undefined,
): StageOutcome {
  const { serverName, callingAETitle } = context.call
  const said = comment ? ` It says: "${comment.slice(0, 120)}".` : ''
  return {
    result: 'fail',
    detail: statusWords(status),
    advice: {
      what:
        status === 0xa801
          ? `${serverName} found the image and has no address for ${callingAETitle}.${said}`
          : `${serverName} found the image and cannot send it to ${callingAETitle}; most often it has no address for us.${said}`,
      who: 'administrator',
      how: 'The administrator enters these three values, exactly.',
      values: ourValues(context),
      commands: [moveCommand(context, image.studyInstanceUID)],
    },
  }
}

interface NotArrived {
  status: number
  errorComment: string | undefined
  knock: RefusedKnock | undefined
}

/** It knows us, and the image did not come: the way back is closed, or leads elsewhere. */
export function notArrived(context: DiagnosisContext, image: RemoteImage, end: NotArrived): StageOutcome {
  const { call, server, retrievePeer } = context
  const { status, errorComment, knock } = end
  if (retrievePeer.web) return notBrought(call.serverName)
  if (server.retrieveBy === 'move' && knock) return refusedKnock(context, knock)
  const said = errorComment ? ` It says: "${errorComment.slice(0, 120)}".` : ''
  const commands = [firewallCommand(server.listenPort, 'this computer'), moveCommand(context, image.studyInstanceUID)]
  if (server.retrieveBy === 'get')
    return {
      result: 'fail',
      detail: statusWords(status),
      advice: {
        what: `${call.serverName} was asked for an image by GET and sent none.${said}`,
        who: 'administrator',
        how: 'The administrator finds the reason in its log; or choose MOVE for this server.',
        values: [],
        commands: [],
      },
    }
  return {
    result: 'fail',
    detail: status === 0 ? 'sent elsewhere, or lost on the way' : statusWords(status),
    advice: {
      what:
        status === 0
          ? `${call.serverName} says that it sent the image; nothing arrived here.${said}`
          : `${call.serverName} found the image and could not reach us at ${call.ourAddress}, port ${server.listenPort}.${said}`,
      who: status === 0 ? 'administrator' : 'network',
      how:
        status === 0
          ? `The administrator compares the address and port that stand there for ${call.callingAETitle}.`
          : `Let port ${server.listenPort} in: at the firewall of this computer, and at routers on the way; then the administrator compares these three values.`,
      values: ourValues(context),
      commands,
    },
  }
}

function notBrought(serverName: string): StageOutcome {
  return {
    result: 'fail',
    detail: 'nothing came',
    advice: {
      what: `${serverName} was asked for an image by WADO-RS and sent none.`,
      who: 'administrator',
      how: 'The administrator finds the reason in its log; or untick Retrieve under Web interface, and images come by DICOM.',
      values: [],
      commands: [],
    },
  }
}

function refusedKnock({ call }: DiagnosisContext, { party, note }: RefusedKnock): StageOutcome {
  return {
    result: 'fail',
    detail: 'we refused its connection',
    advice: {
      what: `${party.callingAETitle} at ${party.address} wanted to bring the image, and we did not let it in.`,
      who: 'you',
      how: `Let this AE title in under Settings, Connections, or correct the AE title of ${call.serverName} here. ${note}`.trim(),
      values: [
        { label: 'It calls itself', value: party.callingAETitle },
        { label: 'It calls us', value: party.calledAETitle },
        { label: 'From', value: party.address },
      ],
      commands: [],
    },
  }
}

/** The image came, and we did not take it. */
export function refusedHere({ call }: DiagnosisContext, { status, note }: Arrived): StageOutcome {
  return {
    result: 'fail',
    detail: `came and was refused here, ${statusWords(status)}`,
    advice: {
      what: `${call.serverName} sent the image; this workstation did not take it. ${note ?? ''}`.trim(),
      who: 'you',
      how: 'Look at Kinds of images and Encodings of this server, and at the free disk space below.',
      values: [],
      commands: [],
    },
  }
}
