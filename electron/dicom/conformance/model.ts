import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '#shared/dicom/uid.ts'
import { APPLICATION_CONTEXT_UID, LARGEST_PDU_LENGTH, SMALLEST_PDU_LENGTH } from '../upperLayer/pduType.ts'
import type { Configured } from './configured.ts'
import { offers } from './offer.ts'
import { table, text } from './table.ts'

/** PS3.2 A.4.1 and A.4.2.1: one AE, and the policies that hold for all that it does. */
export function model(configured: Configured): string {
  const { settings } = configured
  return text(
    '## 3 Networking',
    '### 3.1 Implementation model',
    'One application entity does everything: it listens for associations and opens its own. A person works at the page; the AE runs with or without the page.',
    table(
      ['Real-world activity', 'Local', 'Remote'],
      [
        ['Verify a connection', 'sends C-ECHO', 'answers'],
        ['Be verified', 'answers C-ECHO', 'sends C-ECHO'],
        ['Receive instances', 'writes, syncs, indexes, then answers', 'sends C-STORE'],
        ['Send instances', 'sends the stored bytes by C-STORE', 'answers'],
        ['Query and retrieve', 'asks by C-FIND, fetches by C-MOVE or C-GET', 'answers, sends C-STORE'],
        ...offers(configured)
          .filter(({ serviceClass }) => serviceClass !== 'storage' && serviceClass !== 'verification')
          .map(({ name, serviceClass }) => [
            name,
            serviceClass === 'storageCommitment' ? 'serves; asks after sending' : 'serves',
            serviceClass === 'storageCommitment' ? 'asks; serves' : 'asks',
          ]),
      ],
    ),
    '**Sequencing.** A C-STORE is answered with success only after its file has its final name, the data of the file and then its directory were synced, and the index transaction was committed and synced. A retrieve by C-MOVE is refused locally while nothing listens. Nothing else needs an order.',
    '### 3.2 Application entity: policies for all associations',
    table(
      ['Policy', 'Value'],
      [
        ['Application context', `${APPLICATION_CONTEXT_UID} (PS3.7 A.2.1)`],
        ['Maximum PDU length announced', `${settings.maxPduLength} bytes (setting)`],
        [
          'Maximum PDU length used when sending',
          `what the peer announces, from ${SMALLEST_PDU_LENGTH} to ${LARGEST_PDU_LENGTH} bytes; 0 means no limit (PS3.8 D.1)`,
        ],
        ['Associations accepted at the same time', `${settings.maxAssociations} (setting)`],
        [
          'Associations opened at the same time',
          'one for each server and kind of transfer; queries and tests beside them',
        ],
        ['Asynchronous operations window', 'not negotiated: one operation at a time'],
        ['SOP class common extended negotiation, user identity', 'not negotiated; a proposal is accepted without it'],
        ['Implementation class UID', IMPLEMENTATION_CLASS_UID],
        ['Implementation version name', IMPLEMENTATION_VERSION_NAME],
      ],
    ),
  )
}
