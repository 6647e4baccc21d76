import type { ServerFields } from '#shared/contract/servers.ts'

/** Values inside of others, and lists, as an ini or a table writes them: one word or line each. */
export const FLAT_PARTS = {
  storeAETitle: 'storeEndpoint.aeTitle',
  storeHost: 'storeEndpoint.host',
  storePort: 'storeEndpoint.port',
  studiesShown: 'queryDates',
  retrieveWhen: 'retrieving.mode',
  storageFolder: 'retrieving.folder',
  searchLimit: 'retrieving.searchLimit',
  sendFrom: 'sendHours.from',
  sendUntil: 'sendHours.to',
  acceptedClasses: 'acceptedClasses',
  acceptedSyntaxes: 'acceptedSyntaxes',
} as const
export type FlatPart = keyof typeof FLAT_PARTS
export const flatPartNames = Object.keys(FLAT_PARTS) as FlatPart[]

/** '' where the server has no such thing. */
export function flatParts(server: ServerFields): Record<FlatPart, string> {
  const { storeEndpoint, retrieving, sendHours, acceptedClasses, acceptedSyntaxes } = server
  return {
    storeAETitle: storeEndpoint?.aeTitle ?? '',
    storeHost: storeEndpoint?.host ?? '',
    storePort: storeEndpoint ? String(storeEndpoint.port) : '',
    studiesShown: shownText(server.queryDates),
    retrieveWhen: retrieving.mode,
    storageFolder: retrieving.folder,
    searchLimit: String(retrieving.searchLimit),
    sendFrom: sendHours?.from ?? '',
    sendUntil: sendHours?.to ?? '',
    acceptedClasses: acceptedClasses?.join(' ') ?? 'all',
    acceptedSyntaxes: typeof acceptedSyntaxes === 'string' ? acceptedSyntaxes : acceptedSyntaxes.join(' '),
  }
}

/** What the schema reads: `from` has the rest of the server, for what a part does not say. */
export function withFlatParts(given: Partial<Record<FlatPart, string>>, from: Record<string, unknown>): object {
  const { storeAETitle, storeHost, storePort, studiesShown, sendFrom, sendUntil } = given
  const hasStore = storeAETitle !== undefined || storeHost !== undefined || storePort !== undefined
  const retrieving = from.retrieving as ServerFields['retrieving']
  return {
    ...(hasStore && {
      storeEndpoint: {
        aeTitle: storeAETitle ?? from.aeTitle,
        host: storeHost ?? from.host,
        port: storePort === undefined ? from.port : numberOf(storePort),
      },
    }),
    ...(studiesShown !== undefined && { queryDates: shownOf(studiesShown) }),
    retrieving: {
      mode: given.retrieveWhen ?? retrieving.mode,
      folder: given.storageFolder ?? retrieving.folder,
      searchLimit: given.searchLimit === undefined ? retrieving.searchLimit : numberOf(given.searchLimit),
    },
    ...((sendFrom !== undefined || sendUntil !== undefined) && {
      sendHours: { from: sendFrom ?? '00:00', to: sendUntil ?? '00:00' },
    }),
    ...(given.acceptedClasses !== undefined && {
      acceptedClasses: given.acceptedClasses === 'all' ? null : listOf(given.acceptedClasses),
    }),
    ...(given.acceptedSyntaxes !== undefined && {
      acceptedSyntaxes: /^(all|uncompressed)$/.test(given.acceptedSyntaxes)
        ? given.acceptedSyntaxes
        : listOf(given.acceptedSyntaxes),
    }),
  }
}

const listOf = (text: string) => text.split(/[\s,]+/).filter(Boolean)
const numberOf = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : text)

function shownText(dates: ServerFields['queryDates']): string {
  if (dates.kind === 'all') return 'all'
  if (dates.kind === 'last') return `last ${dates.count} ${dates.unit}`
  return `since ${dates.date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')}`
}

/** `all`, `since 2024-01-31`, `last 6 months`; anything else is a day that is none, for which the schema has the words. */
function shownOf(text: string): object {
  const words = text.trim().toLowerCase()
  if (words === 'all') return { kind: 'all' }
  const [, count, unit] = /^last (\d{1,6}) (day|month|year)s?$/.exec(words) ?? []
  if (count !== undefined) return { kind: 'last', count: Number(count), unit: `${unit}s` }
  return { kind: 'since', date: words.replace(/^since\s+/, '').replaceAll('-', '') }
}
