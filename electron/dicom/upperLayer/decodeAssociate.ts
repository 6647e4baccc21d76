import { withoutTrailing } from '#shared/dicom/padding.ts'
import type {
  AnsweredContext,
  AssociateAccept,
  AssociateRequest,
  ProposedContext,
  UserInformation,
} from './associatePdu.ts'
import { InvalidPdu } from './pduType.ts'

/** PS3.8 9.3.2. `body` is the PDU after its six-byte header. Items may come in any order. */
export function decodeAssociateRequest(body: Buffer): AssociateRequest {
  const user = emptyUserInformation()
  const contexts: ProposedContext[] = []
  let applicationContextUID = ''
  for (const item of items(body, fixedFieldsLength(body), body.length)) {
    if (item.type === 0x10) applicationContextUID = uid(body, item.start, item.end)
    else if (item.type === 0x20) contexts.push(proposedContext(body, item))
    else if (item.type === 0x50) readUserInformation(body, item, user)
  }
  const ids = new Set<number>()
  for (const { id } of contexts) {
    // PS3.8 7.1.1.13: odd, 1 to 255, unique within the association.
    if (id % 2 === 0) throw new InvalidPdu(`Presentation context ID ${id} is not odd`)
    if (ids.has(id)) throw new InvalidPdu(`Presentation context ID ${id} is proposed twice`)
    ids.add(id)
  }
  return {
    protocolVersion: body.readUInt16BE(0),
    applicationContextUID,
    calledAETitle: aeTitle(body, 4),
    callingAETitle: aeTitle(body, 20),
    contexts,
    ...user,
  }
}

/** PS3.8 9.3.3. */
export function decodeAssociateAccept(body: Buffer): AssociateAccept {
  const user = emptyUserInformation()
  const contexts: AnsweredContext[] = []
  for (const item of items(body, fixedFieldsLength(body), body.length)) {
    if (item.type === 0x21) contexts.push(answeredContext(body, item))
    else if (item.type === 0x50) readUserInformation(body, item, user)
  }
  return {
    protocolVersion: body.readUInt16BE(0),
    calledAETitle: aeTitle(body, 4),
    callingAETitle: aeTitle(body, 20),
    contexts,
    ...user,
  }
}

interface Item {
  type: number
  start: number
  end: number
}

function fixedFieldsLength(body: Buffer): number {
  if (body.length < 68) throw new InvalidPdu('The A-ASSOCIATE PDU ends within its fixed fields')
  return 68
}

function* items(body: Buffer, from: number, to: number): Generator<Item> {
  let at = from
  while (at < to) {
    if (at + 4 > to) throw new InvalidPdu('An item of the A-ASSOCIATE PDU has no length')
    const start = at + 4
    const end = start + body.readUInt16BE(at + 2)
    if (end > to) throw new InvalidPdu('An item of the A-ASSOCIATE PDU is longer than what holds it')
    yield { type: body.readUInt8(at), start, end }
    at = end
  }
}

function proposedContext(body: Buffer, item: Item): ProposedContext {
  if (item.end - item.start < 4) throw new InvalidPdu('A presentation context is too short')
  const context: ProposedContext = { id: body.readUInt8(item.start), abstractSyntax: '', transferSyntaxes: [] }
  for (const part of items(body, item.start + 4, item.end)) {
    if (part.type === 0x30) context.abstractSyntax = uid(body, part.start, part.end)
    else if (part.type === 0x40) context.transferSyntaxes.push(uid(body, part.start, part.end))
  }
  return context
}

function answeredContext(body: Buffer, item: Item): AnsweredContext {
  if (item.end - item.start < 4) throw new InvalidPdu('A presentation context is too short')
  const context: AnsweredContext = {
    id: body.readUInt8(item.start),
    result: body.readUInt8(item.start + 2),
    transferSyntax: '',
  }
  for (const part of items(body, item.start + 4, item.end)) {
    // PS3.8 9.3.3.2: not significant (and left out by some peers) when the context was not accepted.
    if (part.type === 0x40) context.transferSyntax = uid(body, part.start, part.end)
  }
  return context
}

function emptyUserInformation(): UserInformation {
  return { maxPduLength: 0, implementationClassUID: '', implementationVersionName: '', roles: [], extended: [] }
}

function readUserInformation(body: Buffer, item: Item, user: UserInformation): void {
  for (const part of items(body, item.start, item.end)) {
    const length = part.end - part.start
    if (part.type === 0x51) {
      if (length !== 4) throw new InvalidPdu('The maximum length item is not four bytes long')
      user.maxPduLength = body.readUInt32BE(part.start)
    } else if (part.type === 0x52) user.implementationClassUID = uid(body, part.start, part.end)
    else if (part.type === 0x55) user.implementationVersionName = text(body, part.start, part.end)
    else if (part.type === 0x54 || part.type === 0x56) {
      if (length < 2) throw new InvalidPdu('A SOP class item is too short')
      const uidEnd = part.start + 2 + body.readUInt16BE(part.start)
      if (uidEnd > part.end) throw new InvalidPdu('A SOP class item is shorter than its UID')
      const sopClassUID = uid(body, part.start + 2, uidEnd)
      if (part.type === 0x56) {
        user.extended.push({ sopClassUID, information: Buffer.from(body.subarray(uidEnd, part.end)) })
      } else {
        if (uidEnd + 2 !== part.end) throw new InvalidPdu('A role selection item has the wrong length')
        user.roles.push({
          sopClassUID,
          scu: body.readUInt8(uidEnd) === 1,
          scp: body.readUInt8(uidEnd + 1) === 1,
        })
      }
    }
  }
}

/** Some implementations pad UIDs with NUL or space, which PS3.8 F does not ask for. */
function uid(body: Buffer, start: number, end: number): string {
  return withoutTrailing(body.toString('latin1', start, end), '\0 ')
}

function text(body: Buffer, start: number, end: number): string {
  return withoutTrailing(body.toString('latin1', start, end), '\0 ')
}

/** PS3.8 9.3.2: leading and trailing spaces are not significant. Control characters stay, so that the policy sees them. */
function aeTitle(body: Buffer, at: number): string {
  return body
    .toString('latin1', at, at + 16)
    .replace(/\0+$/, '')
    .replace(/^ +| +$/g, '')
}
