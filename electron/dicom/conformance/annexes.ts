import { keysOfLevel, QUERY_LEVELS } from '#electron/archive/queryRetrieve/keys.ts'
import { sopClassName, storageSOPClassUIDs } from '#shared/dicom/sopClass.ts'
import type { Configured } from './configured.ts'
import { DEVIATIONS, PROFILES } from './deviations.ts'
import { peerTable } from './peerResults.ts'
import { table, text } from './table.ts'

/** PS3.2 A.8: contents of objects, deviations from what others of this kind do, and the peers. */
export function annexes({ peers }: Configured): string {
  return text(
    '## 8 Annexes',
    '### 8.1 Storage SOP classes, SCU and SCP',
    table(
      ['SOP class', 'UID'],
      storageSOPClassUIDs().map((uid) => [sopClassName(uid), uid]),
    ),
    '### 8.2 Attributes kept in the index',
    'Nothing is required: an object that lacks one of them is stored all the same. The stored file itself is not changed.',
    table(
      ['Level', 'Attributes, each also a key for C-FIND at its level and below'],
      QUERY_LEVELS.map((level) => [level, keysOfLevel(level).join(', ')]),
    ),
    'No private attributes, private transfer syntaxes or coded terminology of its own are used. The demo studies of the program are CT, Digital X-Ray and Ultrasound Multi-frame objects of standard extended content.',
    '### 8.3 Deviations and profiles',
    'Where this workstation deliberately differs from what the reference products for these requirements state:',
    table(['Requirement', 'There', 'Here'], DEVIATIONS),
    'Profiles of peers that work with it:',
    table(['Requirement', 'Profile', 'What holds'], PROFILES),
    '### 8.4 Peers',
    peers.length === 0
      ? 'No run is recorded.'
      : 'From the last recorded run of `npm run conformance`. "Peer cannot" is a limit of the peer, with what shows it.',
    peers.length === 0 ? '' : peerTable(peers),
  )
}
