import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { StepRefused } from '#electron/archive/worklist/worklistApi.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { checkCreate, StepRefusal, unknown } from '#electron/worklist/performedStep.ts'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { MODALITY_PERFORMED_PROCEDURE_STEP, PERFORMED_PROCEDURE_STEP_RETRIEVE } from '#shared/dicom/sopClass.ts'
import { PROCESSING_FAILURE, SUCCESS, UNRECOGNIZED_OPERATION } from '#shared/dicom/status.ts'
import { keywordOf } from '#shared/dicom/tag.ts'
import { isAcceptableUID, newUID } from '#shared/dicom/uid.ts'
import { decodeAttributes, encodeAttributes } from '../dimse/attributeSetCodec.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { isIdentifierSyntax } from './queryRetrieveModel.ts'
import type { ServedAssociation, Service } from './service.ts'
import { collect } from './storageCommitment.ts'

export type StepArchive = Pick<Remote<ArchiveWriterApi>, 'createStep' | 'changeStep'>
export type StepReader = Pick<Remote<ArchiveReaderApi>, 'performedStep'>

/** PS3.7 C. */
const INVALID_INSTANCE = 0x0117
const CLASS_INSTANCE_CONFLICT = 0x0119
const INVALID_ARGUMENT = 0x0115
const MISTYPED_ARGUMENT = 0x0212

/** PS3.4 F as SCP: what devices say that they did. Whatever comes is on disk before it is acknowledged. */
export function performedStep(archive: StepArchive, reader: StepReader): Service {
  return {
    name: 'Modality Performed Procedure Step',
    serviceClass: 'mpps',
    commandFields: [commandField.nCreateRequest, commandField.nSetRequest, commandField.nGetRequest],
    supports: (uid) => uid === MODALITY_PERFORMED_PROCEDURE_STEP || uid === PERFORMED_PROCEDURE_STEP_RETRIEVE,
    supportsTransferSyntax: isIdentifierSyntax,
    request(association, context, command) {
      const answer = async (bytes: Buffer | undefined) => {
        const release = association.hold()
        try {
          const { uid, dataSet } = await handle({ archive, reader, association, context, command }, bytes)
          const encoded = dataSet && encodeAttributes(dataSet, context.transferSyntax, 'ISO_IR 192')
          association.respond(context, command, { status: SUCCESS, affectedSOPInstanceUID: uid }, encoded)
        } catch (error) {
          association.respond(context, command, failureOf(error, command))
        } finally {
          release()
        }
      }
      if (command.hasDataSet) return collect((bytes) => void answer(bytes))
      void answer(undefined)
      return undefined
    },
  }
}

interface Request {
  archive: StepArchive
  reader: StepReader
  association: ServedAssociation
  context: AcceptedContext
  command: CommandSet
}

interface Handled {
  uid: string
  dataSet?: AttributeSet
}

async function handle(request: Request, bytes: Buffer | undefined): Promise<Handled> {
  const { context, command } = request
  checkClass(context, command)
  if (command.commandField === commandField.nGetRequest) return get(request)
  // PS3.4 F.8: the retrieve class reads.
  if (context.abstractSyntax !== MODALITY_PERFORMED_PROCEDURE_STEP)
    throw new StepRefusal(UNRECOGNIZED_OPERATION, 'This SOP class only reads')
  return command.commandField === commandField.nCreateRequest ? create(request, bytes) : set(request, bytes)
}

async function create(
  { archive, association, context, command }: Request,
  bytes: Buffer | undefined,
): Promise<Handled> {
  // PS3.7 10.1.5.1.3: without a UID of the peer's, ours.
  const sopInstanceUID = command.affectedSOPInstanceUID ?? newUID()
  checkUID(sopInstanceUID)
  const attributes = read(bytes, context)
  checkCreate(attributes)
  const { callingAETitle, address } = association.party
  orThrow(await archive.createStep({ sopInstanceUID, attributes, callingAETitle, address }))
  return { uid: sopInstanceUID }
}

async function set({ archive, context, command }: Request, bytes: Buffer | undefined): Promise<Handled> {
  const uid = command.requestedSOPInstanceUID ?? ''
  checkUID(uid)
  orThrow(await archive.changeStep(uid, read(bytes, context)))
  return { uid }
}

async function get({ reader, command }: Request): Promise<Handled> {
  const uid = command.requestedSOPInstanceUID ?? ''
  checkUID(uid)
  const step = await reader.performedStep(uid)
  if (step?.serverId !== 0) throw unknown()
  const wanted = command.attributeIdentifiers
  if (!wanted || wanted.length === 0) return { uid, dataSet: step.attributes }
  const dataSet: AttributeSet = {}
  for (const tag of wanted) {
    const keyword = keywordOf(tag.toString(16).toUpperCase().padStart(8, '0'))
    const value = keyword === undefined ? undefined : step.attributes[keyword]
    if (keyword !== undefined && value !== undefined) dataSet[keyword] = value
  }
  return { uid, dataSet }
}

function read(bytes: Buffer | undefined, { transferSyntax }: AcceptedContext): AttributeSet {
  if (!bytes) throw new StepRefusal(INVALID_ARGUMENT, 'The request has no data set')
  try {
    return decodeAttributes(bytes, transferSyntax)
  } catch {
    throw new StepRefusal(MISTYPED_ARGUMENT, 'The data set cannot be read')
  }
}

function checkClass(context: AcceptedContext, command: CommandSet): void {
  const named = command.affectedSOPClassUID ?? command.requestedSOPClassUID ?? MODALITY_PERFORMED_PROCEDURE_STEP
  // PS3.4 F.8.2.1: an N-GET of the retrieve class names the class of the instance.
  if (named !== MODALITY_PERFORMED_PROCEDURE_STEP && named !== context.abstractSyntax)
    throw new StepRefusal(CLASS_INSTANCE_CONFLICT, 'The SOP class is not the one of the presentation context')
}

function checkUID(uid: string): void {
  if (!isAcceptableUID(uid)) throw new StepRefusal(INVALID_INSTANCE, 'The SOP Instance UID is none')
}

function orThrow(refused: StepRefused | undefined): void {
  if (refused) throw new StepRefusal(refused.status, refused.comment, refused.errorID)
}

function failureOf(error: unknown, command: CommandSet): Partial<CommandSet> {
  const uid = command.affectedSOPInstanceUID ?? command.requestedSOPInstanceUID
  const about = uid === undefined ? {} : { affectedSOPInstanceUID: uid }
  if (!(error instanceof StepRefusal))
    return { ...about, status: PROCESSING_FAILURE, errorComment: 'The step cannot be kept now' }
  const { status, message, errorID } = error
  return { ...about, status, errorComment: message, ...(errorID === undefined ? {} : { errorID }) }
}
