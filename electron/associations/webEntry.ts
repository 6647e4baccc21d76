import { randomUUID } from 'node:crypto'
import type { AssociationRow, WebStep } from '#shared/contract/associations.ts'
import type { Entry } from './entry.ts'

/** One request over HTTP as either side tells it. */
export interface WebExchange {
  at: number
  /** `Search studies`: never a path or a query, for these name patients. */
  what: string
  /** 0 where there was no answer. */
  status: number
  bytesReceived: number
  bytesSent: number
  sentence: string
}

export interface WebParty {
  direction: AssociationRow['direction']
  /** The user who asks us, or the server that we ask. */
  name: string
  address: string
  security: string
}

/** A viewer asks thousands of times; the others are counted. */
const STEPS_MAX = 200

export function beginWebEntry({ direction, name, address, security }: WebParty, startedAt: number): Entry {
  const names =
    direction === 'in' ? { callingAETitle: name, calledAETitle: '' } : { callingAETitle: '', calledAETitle: name }
  const nothing = { bytesReceived: 0, bytesSent: 0, succeeded: 0, warned: 0, failed: 0, times: 1, sentence: '' }
  return {
    row: {
      ...{ associationId: randomUUID(), startedAt, endedAt: null, state: 'open', direction, over: 'web' },
      ...{ ...names, address, security, ...nothing },
    },
    details: {
      ...{ implementation: '', maxPduLength: 0, contexts: [], rejection: null, operations: [], failures: [] },
      ...{ steps: [], web: [] },
    },
    version: 0,
  }
}

/** Somebody who was not let in. */
export function refusedWebEntry(party: WebParty, { at, sentence }: WebExchange): Entry {
  const { row, details } = beginWebEntry(party, at)
  return { row: { ...row, endedAt: at, state: 'refused', sentence }, details, version: 0 }
}

export function addToWebEntry(entry: Entry, exchange: WebExchange): void {
  const { row, details } = entry
  const { at, what, status, bytesReceived, bytesSent, sentence } = exchange
  const isDone = status > 0 && status < 400
  entry.row = {
    ...row,
    bytesReceived: row.bytesReceived + bytesReceived,
    bytesSent: row.bytesSent + bytesSent,
    succeeded: row.succeeded + (isDone ? 1 : 0),
    failed: row.failed + (isDone ? 0 : 1),
  }
  const { web = [] } = details
  const step: WebStep = {
    ms: Math.max(0, at - row.startedAt),
    ...{ what, status, bytes: Math.max(bytesReceived, bytesSent), sentence },
  }
  if (web.length < STEPS_MAX) entry.details = { ...details, web: [...web, step] }
  entry.version += 1
}

export function endWebEntry(entry: Entry, at: number, state: AssociationRow['state'], sentence: string): void {
  entry.row = { ...entry.row, endedAt: at, state, sentence }
  entry.version += 1
}
