import dictionary from './dictionary.json' with { type: 'json' }

/** PS3.6 Tables 6-1 and 7-1: tag in eight upper-case hex digits -> `VR KEYWORD`; `US|SS` where it depends on the data set. */
const ENTRIES: Readonly<Record<string, string>> = dictionary

let tags: Map<string, string> | undefined

/** `PatientName` -> `00100010`. Of repeating groups the first one. */
export function tagOf(keyword: string): string | undefined {
  tags ??= new Map(
    Object.entries(ENTRIES).map(([tag, entry]) => [entry.slice(entry.indexOf(' ') + 1), tag.replace('XX', '00')]),
  )
  return tags.get(keyword)
}

/** `00100010` -> `PatientName`; undefined for private tags and those unknown to the standard. */
export function keywordOf(tag: string): string | undefined {
  const entry = entryOf(tag)
  return entry?.slice(entry.indexOf(' ') + 1)
}

/** All VRs that the standard allows for a tag; `UL` for group lengths, [] where it is not in the dictionary. */
export function valueRepresentationsOf(tag: string): string[] {
  if (tag.endsWith('0000')) return ['UL']
  const entry = entryOf(tag)
  return entry === undefined ? [] : entry.slice(0, entry.indexOf(' ')).split('|')
}

/** `00100010` -> `(0010,0010)` */
export function formatTag(tag: string): string {
  return `(${tag.slice(0, 4)},${tag.slice(4)})`
}

function entryOf(tag: string): string | undefined {
  const upper = tag.toUpperCase()
  // Curves and overlays occur in groups 5000-501E and 6000-601E (PS3.5 7.6).
  return (
    ENTRIES[upper] ??
    (/^(?:50|60)[01][02468ACE]/.test(upper) ? ENTRIES[`${upper.slice(0, 2)}XX${upper.slice(4)}`] : undefined)
  )
}
