import { rejectWords } from '#shared/dicom/associationReject.ts'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { statusWords, UNRECOGNIZED_OPERATION } from '#shared/dicom/status.ts'
import { transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import type { Configured } from './configured.ts'
import { type Offer, offers } from './offer.ts'
import { REJECTIONS } from './rejections.ts'
import { answersTo } from './statuses.ts'
import { table, text } from './table.ts'

/** PS3.2 A.4.2.x.4: whom we let in, and what we answer. */
export function acceptance(configured: Configured): string {
  return text(
    '### 3.4 Association acceptance policy',
    'An association is accepted when application context and protocol version are right and the caller passes the checks that the configuration switches on (section 4.2). Contexts are answered in the order of the proposal; of the transfer syntaxes the first that is supported is taken, or the preferred one of the calling server where it is among them. Every association, accepted or refused, is logged with its parties, contexts, outcome and duration.',
    table(
      ['Rejection', 'When'],
      REJECTIONS.map(({ rejection, when }) => [rejectWords(rejection), when]),
    ),
    ...offers(configured).flatMap((offer, index) => [
      `#### 3.4.${index + 1} ${offer.name}`,
      offer.isOn
        ? ''
        : 'Off until it is switched on; its contexts are then refused with result 3 (abstract syntax not supported).',
      contexts(offer),
      statuses(offer),
    ]),
  )
}

function contexts(offer: Offer): string {
  const syntaxes = table(
    ['Transfer syntax', 'UID'],
    offer.transferSyntaxUIDs.map((uid) => [transferSyntaxName(uid), uid]),
  )
  if (offer.serviceClass === 'storage') {
    return text(
      `Abstract syntaxes: the ${offer.sopClassUIDs.length} storage classes of annex 8.1${offer.privateClasses ? ', storage classes that the standard may add, and private ones' : ''}. Transfer syntaxes of each:`,
      syntaxes,
    )
  }
  return text(
    table(
      ['Abstract syntax', 'UID', 'Role', 'Extended negotiation'],
      offer.sopClassUIDs.map((uid) => [sopClassName(uid), uid, 'SCP', offer.extended]),
    ),
    syntaxes,
    offer.roleSelection
      ? 'Role selection is accepted: the peer may be SCP of the requests that this service sends on the same association.'
      : '',
  )
}

function statuses({ commandFields }: Offer): string {
  return text(
    ...commandFields.flatMap((field) => {
      const { operation, statuses, behaviour } = answersTo(field)
      return [table([`Answer to ${operation}`, 'When'], statuses), behaviour]
    }),
    `Another operation is answered with ${statusWords(UNRECOGNIZED_OPERATION)}.`,
  )
}
