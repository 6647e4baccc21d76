import type { Order } from '#shared/contract/order.ts'
import type { Board, RemoteItem } from '#shared/contract/worklist.ts'

const groups = {
  all: [],
  xray: ['DX', 'CR', 'RG', 'RF', 'PX', 'IO', 'MG', 'XA'],
  ct: ['CT'],
  mr: ['MR'],
  us: ['US'],
} as const
export type DeviceGroup = keyof typeof groups

export const deviceGroups: readonly { value: DeviceGroup; label: string }[] = [
  { value: 'all', label: 'All devices' },
  { value: 'xray', label: 'X-ray' },
  { value: 'ct', label: 'CT' },
  { value: 'mr', label: 'MR' },
  { value: 'us', label: 'Ultrasound' },
]

export const modalitiesOf = (group: DeviceGroup): readonly string[] => groups[group]

/** Entries of other worklists, by the same words. */
export function filterItems<Item extends Pick<RemoteItem, 'content' | 'accessionNumber'>>(
  items: readonly Item[],
  group: DeviceGroup,
  station: string,
  text: string,
): Item[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  return items.filter(({ content, accessionNumber }) => {
    const { modality, stationAETitle } = content.request
    const haystack = haystackOf({ ...content, accessionNumber })
    return (
      (group === 'all' || modalitiesOf(group).includes(modality)) &&
      (station === '' || stationAETitle === station) &&
      words.every((word) => haystack.includes(word))
    )
  })
}

/** The cards of some kind of device whose patient, owner, IDs or examination hold every word. */
export function filterBoard(board: Board, group: DeviceGroup, station: string, text: string): Board {
  const words = fold(text).split(/\s+/).filter(Boolean)
  const has = (haystack: string) => words.every((word) => haystack.includes(word))
  const isOfGroup = (modalities: string) =>
    group === 'all' || groups[group].some((modality) => modalities.includes(modality))
  return {
    ...board,
    cards: board.cards.filter(
      ({ order }) =>
        isOfGroup(order.request.modality) &&
        (station === '' || order.request.stationAETitle === station) &&
        has(haystackOf(order)),
    ),
    studies: board.studies.filter(
      ({ patientName, patientId, modalities }) => isOfGroup(modalities) && has(fold(`${patientName} ${patientId}`)),
    ),
    steps: board.steps.filter(
      ({ patientName, patientId }) => group === 'all' && has(fold(`${patientName} ${patientId}`)),
    ),
  }
}

function haystackOf({
  patient,
  request,
  accessionNumber,
}: Pick<Order, 'patient' | 'request' | 'accessionNumber'>): string {
  const { patientName, responsiblePerson, patientId, microchip } = patient
  const own = [patientName, responsiblePerson, patientId, microchip, request.procedure, request.stationAETitle]
  return fold([...own, accessionNumber].join(' '))
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\^=,]/g, ' ')
    .toLowerCase()
}
