import { SUCCESS, statusWords } from '#shared/dicom/status.ts'
import { contextRows, proposals } from './proposal.ts'
import { table, text } from './table.ts'

const CONTEXT_HEAD = ['Abstract syntax', 'UID', 'Transfer syntax', 'UID', 'Role', 'Extended negotiation']

/** PS3.2 A.4.2.x.3: what we propose, and how each answer is taken. */
export function initiation(): string {
  const activities = proposals().flatMap(({ activity, initiatedBy, contexts, negotiation, role = 'SCU' }, index) => [
    `#### 3.3.${index + 1} ${activity}`,
    `Initiated when ${initiatedBy}.`,
    table(CONTEXT_HEAD, contextRows(contexts, role, negotiation)),
    NOTES[activity] ?? '',
  ])
  return text(
    '### 3.3 Association initiation policy',
    'An association is opened for the activity and released after it. A person can stop each of them: a query or retrieve by C-CANCEL, a send after the object under way.',
    ...activities,
    '#### Responses and failures',
    table(
      ['What comes', 'What happens'],
      [
        [statusWords(SUCCESS), 'done'],
        ['Pending, FF00 or FF01', 'both are matches'],
        ['Warning, B000 to BFFF, 0001, 0107, 0116', 'done with a warning that the transfer shows'],
        ['Any other status', 'failure of this instance or request, shown with code and words; the batch goes on'],
        [
          'A-ASSOCIATE-RJ',
          'shown as a sentence with result, source and reason; a transient rejection of a send is tried again',
        ],
        [
          'A-ABORT or loss of the connection',
          'what has no answer counts as failed; a send goes on with the next instance over a new association',
        ],
        ['No answer within the DIMSE timeout', 'A-ABORT; what has no answer counts as failed'],
      ],
    ),
  )
}

const NOTES: Record<string, string> = {
  'Send instances':
    'The example is a batch with one CT image stored in JPEG Baseline. For each SOP class and stored transfer syntax of a batch one context with that syntax alone is proposed, so that the peer must say whether it takes it; beside it one with the uncompressed syntaxes. More than 128 contexts make a further association. The stored bytes are sent as they are; only where no context for the stored syntax was accepted is the pixel data decompressed, and the transfer says so. One association carries the batch; one for each instance is a setting of the server. When the peer aborts or closes, the instances without an answer go over a new association; the one at which a fresh association broke counts as failed, and twenty such in a row end the batch.',
  'Ask for a worklist':
    "Asked under the server's worklist AE title for a day or a range of days, and for its scheduled station AE title where one is set; when a person looks for an entry, also for modality, station, patient name, patient ID and accession number. Matches of FF00 and FF01 are taken; no empty number is ever a key. At most 500 entries, then C-CANCEL.",
  'Report a performed procedure step':
    'N-CREATE (IN PROGRESS), then one N-SET (COMPLETED or DISCONTINUED) whose series and instances are those that are here. Kept on disk before it is sent, tried again after 5 s, 15 s, 1, 5 and 15 minutes, then every hour for three days; a refusal is final and stands on the request.',
  'Ask for storage commitment':
    'One transaction for up to 1000 instances, kept on disk before it is sent. The association stays open for 5 seconds; a report that comes later is taken on an association of the peer, in which it proposes the SCP role. Without a report the instances are shown as not answered.',
  'Report on storage commitment':
    'Tried again after 5 s, 30 s, 2, 10 and 30 minutes, then every hour for two days. A peer that answers nothing about roles but accepts the context is reported to all the same.',
}
