import { sopClassName } from '#shared/dicom/sopClass.ts'
import type { Configured } from './configured.ts'
import { type Offer, offers } from './offer.ts'
import { proposals } from './proposal.ts'
import { table, text } from './table.ts'

/** PS3.2 A.1: what a buyer looks for, on one page. */
export function overview(configured: Configured): string {
  const all = offers(configured)
  const asUser = new Set(proposals().flatMap(({ contexts }) => contexts.map(({ abstractSyntax }) => abstractSyntax)))
  const rows = all
    .filter(({ serviceClass }) => serviceClass !== 'storage')
    .flatMap((offer) =>
      offer.sopClassUIDs.map((uid) => [sopClassName(uid), yesNo(asUser.delete(uid)), provider(offer)]),
    )
  const storage = all.find(({ serviceClass }) => serviceClass === 'storage')
  const others = [...asUser]
    .filter((uid) => !storage?.sopClassUIDs.includes(uid))
    .map((uid) => [sopClassName(uid), 'yes', 'no'])
  return text(
    '## 1 Conformance statement overview',
    'Negatoscope is a PACS workstation: it receives objects from modalities and other systems, keeps them byte for byte, shows them, and exchanges them with further systems. It implements the following network services. Its one application entity speaks DICOM over TCP/IP.',
    table(
      ['SOP classes', 'User of the service (SCU)', 'Provider of the service (SCP)'],
      [
        ...rows,
        ...others,
        ...(storage
          ? [[`Storage: ${storage.sopClassUIDs.length} classes (annex 8.1) and private ones`, 'yes', provider(storage)]]
          : []),
      ],
    ),
    'It writes no media. Part 10 files and folders, DICOMDIR discs among them, can be imported by a person.',
  )
}

const yesNo = (is: boolean): string => (is ? 'yes' : 'no')

function provider({ isOn }: Offer): string {
  return isOn ? 'yes' : 'yes, when switched on'
}
