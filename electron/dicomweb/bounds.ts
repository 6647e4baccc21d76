/** Of one JSON answer, as it is after gunzip. A page of a hundred studies has a few hundred kilobytes. */
export const JSON_BYTES_MAX = 32 * 1024 * 1024
/** Entries of one page, whatever was asked for. */
export const JSON_ENTRIES_MAX = 20_000
/** How long we wait for the bytes of one JSON answer, all in all. */
export const JSON_WAIT_MAX_MS = 120_000
/** Read of an answer that says no. */
export const PROBLEM_BYTES_MAX = 64 * 1024
export const PROBLEM_WAIT_MAX_MS = 5000

/** RFC 2046 5.1.1 allows 70; Orthanc 1.10.1 stores with two UUIDs, 73 (e2e/conformance/dicomweb.spec.ts). */
export const BOUNDARY_CHARACTERS_MAX = 128
export const PREAMBLE_BYTES_MAX = 64 * 1024
export const PART_HEAD_BYTES_MAX = 16 * 1024
export const PART_BYTES_MAX = 8 * 1024 ** 3
export const PARTS_MAX = 200_000

/** A server that lets bytes drip keeps a connection of ours, and the job behind it, for ever. */
export const SLOWEST_BYTES_PER_SECOND = 1024
export const SLOW_GRACE_MS = 60_000
