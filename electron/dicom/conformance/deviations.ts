/** Requirement, what the reference product does, what we do. */
export const DEVIATIONS: readonly (readonly [requirement: string, there: string, here: string])[] = [
  [
    'R013',
    "the listen port of a retrieve is the server's own port number",
    'prefilled with our own DICOM port; another number opens a second listener for the retrieve',
  ],
  [
    'R050',
    'a duplicate SOP Instance UID is ignored without an error',
    'the same: the first copy stays and the sender gets success. Same bytes are one copy; other bytes under the same UID are besides reported in the transfer, and as a setting put into quarantine, or put in the place of the first, which then goes into quarantine',
  ],
  ['R056, R123', 'maximum PDU length 16384', '131072 by default; 16384 can be set for old peers'],
  [
    'R080',
    'a new association for each image',
    'one association carries a batch; one for each image is a compatibility switch',
  ],
  [
    'R088, R089',
    'Study Root queries at PATIENT level',
    'Patient Root and Study Root; PATIENT level is answered in both',
  ],
  ['R093', 'prints the UID 1.2.840.1008.1.2', '1.2.840.10008.1.2, of which the other is a misprint'],
  ['R135', 'Nuclear Medicine under the retired UID only', 'the retired and the current class'],
  [
    'R146',
    'four transfer syntaxes for storage',
    'every transfer syntax of the standard: bytes are kept as they came (R049)',
  ],
  [
    'R150',
    'no extended negotiation',
    'role selection for C-GET and storage commitment; relational queries and combined date-time matching when the peer asks; fuzzy matching of names is declined',
  ],
  [
    'R154',
    'attributes required for storing',
    'none: an object without owner or patient ID is stored and shown as such',
  ],
  [
    'R156',
    'PatientAge at patient level',
    'kept and shown as sent; it belongs to the study, and is never computed into a stored object',
  ],
]

export const PROFILES: readonly (readonly [requirement: string, profile: string, holds: string])[] = [
  [
    'R151',
    'Peer with Verification and Storage only: no query, no retrieve, no worklist',
    'echo, send and receive work; the server is not offered for queries when *Query/Retrieve* is off in its entry',
  ],
  [
    'R152',
    'Peer with worklist as SCU but not as SCP',
    'all services of this statement work; worklist contexts that it proposes are refused with result 3 (abstract syntax not supported), and the association goes on',
  ],
]
