/** Query/Retrieve level (PS3.4 C.3). */
export type QueryLevel = 'PATIENT' | 'STUDY' | 'SERIES' | 'IMAGE'

/** One key of an identifier. */
export interface QueryKey {
  keyword: string
  /** Decoded text, several values joined by a backslash; '' is universal matching. Of a sequence always ''. */
  value: string
  /** The keys of a sequence's one item (PS3.4 C.2.2.2.6). */
  item?: QueryKey[]
}

/** What an identifier asks for. Keys that the archive does not have (see `supportsKey`) are left out by the caller. */
export interface Query {
  level: QueryLevel
  keys: QueryKey[]
  /** Negotiated (PS3.4 C.5.1.1): a date key and its time key make one range. */
  combinedDateTime: boolean
}

/** For each match the values of `query.keys`, in their order; of a sequence its items as JSON, '' for none. */
export type MatchPage = string[][]

/** Which instances a retrieve is about; where they lie is asked for a few at a time. */
export interface SelectedInstances {
  instanceIds: number[]
  /** What has to be negotiated to send them. */
  kinds: { sopClassUID: string; transferSyntaxUID: string }[]
}
