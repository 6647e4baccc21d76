import {
  CANCELLED,
  CANNOT_COUNT_MATCHES,
  CANNOT_PERFORM_SUB_OPERATIONS,
  CANNOT_UNDERSTAND,
  DATA_SET_DOES_NOT_MATCH_SOP_CLASS,
  MOVE_DESTINATION_UNKNOWN,
  OUT_OF_RESOURCES,
  PENDING,
  PENDING_WITH_WARNING,
  PROCESSING_FAILURE,
  SOP_CLASS_NOT_SUPPORTED,
  SUB_OPERATIONS_INCOMPLETE,
  SUCCESS,
  statusWords,
} from '#shared/dicom/status.ts'
import { commandField } from '../dimse/commandField.ts'

interface Answers {
  operation: string
  statuses: readonly (readonly [status: string, when: string])[]
  behaviour: string
}

const answer = (status: number, when: string) => [statusWords(status), when] as const

const subOperations = [
  answer(PENDING, 'after each sub-operation, with the counts'),
  answer(SUCCESS, 'every sub-operation succeeded, or nothing matched'),
  answer(SUB_OPERATIONS_INCOMPLETE, 'some failed or were warned of; (0008,0058) lists the failed ones'),
  answer(CANNOT_PERFORM_SUB_OPERATIONS, 'all failed'),
  answer(CANNOT_COUNT_MATCHES, 'the archive cannot be asked now'),
  answer(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, 'no level, or a unique key is missing'),
  answer(CANNOT_UNDERSTAND, 'the identifier cannot be read'),
  answer(CANCELLED, 'the peer cancelled; the counts say what remains'),
]

const stepFailures = [
  answer(0x0117, 'the SOP Instance UID is no identifier'),
  answer(0x0119, 'the SOP class is not the one of the presentation context'),
  answer(0x0212, 'the data set cannot be read'),
  answer(PROCESSING_FAILURE, 'the step cannot be kept now'),
]

/** What each operation is answered with as SCP, and when. */
const ANSWERS: Readonly<Record<number, Answers>> = {
  [commandField.cEchoRequest]: { operation: 'C-ECHO', statuses: [answer(SUCCESS, 'always')], behaviour: '' },
  [commandField.cStoreRequest]: {
    operation: 'C-STORE',
    statuses: [
      answer(SUCCESS, 'the object is on disk and in the index; or it is here already'),
      answer(OUT_OF_RESOURCES, 'the folder is full, nearly full, missing or not writable'),
      answer(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, 'SOP class or instance of the data set are not those of the request'),
      answer(CANNOT_UNDERSTAND, 'the data set is not whole, or is none'),
      answer(0x0117, 'the SOP Instance UID is no identifier'),
      answer(SOP_CLASS_NOT_SUPPORTED, 'the SOP class is not the one of the presentation context'),
      answer(PROCESSING_FAILURE, 'any other reason'),
    ],
    behaviour:
      'Level 2 (full): every element is kept, private ones too, byte for byte; nothing is coerced, digital signatures stay valid. An answer that is a failure leaves nothing behind. Another object under a known SOP Instance UID is answered with success too: as configured it is dropped, kept apart in quarantine, or takes the place of the first, which is then kept apart. SOP classes and transfer syntaxes can be chosen for each configured device, and classes that the standard does not name can be refused: such contexts are answered with result 1 (user rejection).',
  },
  [commandField.cFindRequest]: {
    operation: 'C-FIND',
    statuses: [
      answer(PENDING, 'a match'),
      answer(PENDING_WITH_WARNING, 'a match; not every key of the request is known'),
      answer(SUCCESS, 'that was all'),
      answer(
        DATA_SET_DOES_NOT_MATCH_SOP_CLASS,
        'no level, or a unique key above it is missing without relational queries; in a worklist query a date or time key that is neither a value nor a range',
      ),
      answer(CANNOT_UNDERSTAND, 'the identifier cannot be read, or the archive cannot be asked now'),
      answer(CANCELLED, 'the peer cancelled'),
    ],
    behaviour:
      'All matching of PS3.4 C.2.2.2: single value, list of UIDs, universal, wild card, range, sequence. Names match without regard to case and accents. In a worklist an animal is named as PS3.5 6.2.1 has it (`Sato^Rex`: family of the responsible person or organization, name of the animal; `^Rex` where nobody is named), and is found by its own name alone as well. At PATIENT level a patient is one Patient ID of one issuer; it is found by what any of its studies says of it (one study has to fulfil all keys), and answered once, with the values of the latest study that does. Responses carry the character set of the request where the name can be written in it, else ISO_IR 192; RetrieveAETitle is this workstation, InstanceAvailability ONLINE. They go out as they are found and as fast as the peer reads; C-CANCEL is obeyed between two of them.',
  },
  [commandField.cMoveRequest]: {
    operation: 'C-MOVE',
    statuses: [...subOperations, answer(MOVE_DESTINATION_UNKNOWN, 'no configured server has this AE title')],
    behaviour: 'Destinations are the configured servers. Instances go out as stored, under the rules of section 3.3.2.',
  },
  [commandField.cGetRequest]: {
    operation: 'C-GET',
    statuses: subOperations,
    behaviour:
      'The peer must take the role of SCP for the storage classes it wants (PS3.7 D.3.3.4). An instance without a fitting context is decompressed where that helps, else counted as failed.',
  },
  [commandField.nActionRequest]: {
    operation: 'N-ACTION (storage commitment request)',
    statuses: [
      answer(SUCCESS, 'the transaction is on disk and will be reported on, also after a restart'),
      answer(0x0112, 'the instance is not the well-known one of storage commitment'),
      answer(0x0115, 'no Transaction UID, no instance, or a data set that cannot be read'),
      answer(0x0123, 'another action type'),
      answer(0x0124, 'storage commitment is switched off; the class is accepted for answers to our own requests'),
      answer(0x0213, 'too many instances for one transaction'),
      answer(PROCESSING_FAILURE, 'the transaction cannot be kept'),
    ],
    behaviour:
      'Before an instance is reported as committed its file is read again and its SHA-256 compared with the one of its arrival. The report goes over the association of the request while that is open, else over one that this workstation opens to the configured server with the AE title of the requester. Failure reasons: 0112 not here, 0119 here under another SOP class, 0122 no storage class, 0110 the file cannot be read, is not what arrived, or what the requester sent under this UID was not taken into the archive, 0131 the Transaction UID was used for another list.',
  },
  [commandField.nEventReportRequest]: {
    operation: 'N-EVENT-REPORT (answer to a request of ours)',
    statuses: [
      answer(SUCCESS, 'the answer is on disk'),
      answer(0x0112, 'the instance is not the well-known one of storage commitment'),
      answer(0x0113, 'another event type'),
      answer(0x0115, 'no transaction of ours has this UID'),
    ],
    behaviour: '',
  },
  [commandField.nCreateRequest]: {
    operation: 'N-CREATE (performed procedure step)',
    statuses: [
      answer(SUCCESS, 'the step is on disk; without a SOP Instance UID of the peer it has one of ours'),
      answer(0x0106, 'the status is not IN PROGRESS, or a UID is none'),
      answer(0x0111, 'a step with this UID is here already'),
      answer(0x0120, 'an attribute of type 1 is missing'),
      answer(0x0121, 'an attribute of type 1 has no value'),
      ...stepFailures,
    ],
    behaviour:
      'A step is joined to its request by Study Instance UID and Scheduled Procedure Step ID, else by accession number, and never where the patient ID differs: then a person is asked. One that belongs to no request is kept.',
  },
  [commandField.nSetRequest]: {
    operation: 'N-SET (performed procedure step)',
    statuses: [
      answer(SUCCESS, 'the change is on disk'),
      answer(0x0106, 'another status than the three, or a change of what identifies the step'),
      answer(0x0112, 'no step has this UID'),
      answer(0x0120, 'to complete: end date, end time or series are missing'),
      answer(0x0121, 'to complete: one of these has no value'),
      ...stepFailures,
    ],
    behaviour: `A step that is COMPLETED or DISCONTINUED stays as it is: ${statusWords(PROCESSING_FAILURE)} with Error ID A710.`,
  },
  [commandField.nGetRequest]: {
    operation: 'N-GET (performed procedure step)',
    statuses: [answer(SUCCESS, 'all attributes, or those that were asked for'), answer(0x0112, 'no step has this UID')],
    behaviour: '',
  },
}

/** Throws for an operation that has no answers here: a service cannot land without its part of the statement. */
export function answersTo(operation: number): Answers {
  const answers = ANSWERS[operation]
  if (!answers) throw new Error(`The conformance statement lacks the answers to operation ${operation.toString(16)}`)
  return answers
}
