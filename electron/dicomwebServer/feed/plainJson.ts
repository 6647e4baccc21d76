import { acceptedTypes } from '../http/accept.ts'
import type { Answer } from '../http/answer.ts'
import { WebRefusal } from '../http/webRefusal.ts'

const JSON_TYPES = new Set(['application/json', 'application/*', '*/*'])

/** Throws WebRefusal where the caller takes no JSON. */
export function plainJson(accept: string, value: unknown): Answer {
  if (!acceptedTypes(accept).some(({ type }) => JSON_TYPES.has(type)))
    throw new WebRefusal(406, 'This is given as application/json only.')
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
