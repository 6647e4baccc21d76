import { ByteWriter } from './byteWriter.ts'
import { APPLICATION_CONTEXT_UID, pduType } from './pduType.ts'

export interface ProposedContext {
  id: number
  abstractSyntax: string
  transferSyntaxes: string[]
}

/** PS3.8 Table 9-18. */
export const contextResult = {
  acceptance: 0,
  userRejection: 1,
  noReason: 2,
  abstractSyntaxNotSupported: 3,
  transferSyntaxesNotSupported: 4,
} as const

export interface AnsweredContext {
  id: number
  result: number
  transferSyntax: string
}

/** PS3.7 D.3.3.4. */
export interface RoleSelection {
  sopClassUID: string
  scu: boolean
  scp: boolean
}

/** PS3.7 D.3.3.5. */
export interface ExtendedNegotiation {
  sopClassUID: string
  information: Uint8Array
}

export interface UserInformation {
  maxPduLength: number
  implementationClassUID: string
  implementationVersionName: string
  roles: RoleSelection[]
  extended: ExtendedNegotiation[]
}

export interface AssociateRequest extends UserInformation {
  protocolVersion: number
  applicationContextUID: string
  calledAETitle: string
  callingAETitle: string
  contexts: ProposedContext[]
}

export interface AssociateAccept extends UserInformation {
  protocolVersion: number
  calledAETitle: string
  callingAETitle: string
  contexts: AnsweredContext[]
}

/** PS3.8 Table 9-11. */
export function encodeAssociateRequest(request: Omit<AssociateRequest, 'protocolVersion' | 'applicationContextUID'>) {
  const writer = new ByteWriter()
  return writer.pdu(pduType.associateRequest, () => {
    fixedFields(writer, request.calledAETitle, request.callingAETitle)
    writer.item(0x10, () => writer.ascii(APPLICATION_CONTEXT_UID))
    for (const context of request.contexts) {
      writer.item(0x20, () => {
        writer.u8(context.id)
        writer.zeros(3)
        writer.item(0x30, () => writer.ascii(context.abstractSyntax))
        for (const transferSyntax of context.transferSyntaxes) writer.item(0x40, () => writer.ascii(transferSyntax))
      })
    }
    userInformation(writer, request)
  })
}

/** PS3.8 Table 9-17. The AE titles are sent back as received; they are not tested by the requestor. */
export function encodeAssociateAccept(accept: Omit<AssociateAccept, 'protocolVersion'>): Buffer {
  const writer = new ByteWriter()
  return writer.pdu(pduType.associateAccept, () => {
    fixedFields(writer, accept.calledAETitle, accept.callingAETitle)
    writer.item(0x10, () => writer.ascii(APPLICATION_CONTEXT_UID))
    for (const context of accept.contexts) {
      writer.item(0x21, () => {
        writer.u8(context.id)
        writer.u8(0)
        writer.u8(context.result)
        writer.u8(0)
        writer.item(0x40, () => writer.ascii(context.transferSyntax))
      })
    }
    userInformation(writer, accept)
  })
}

function fixedFields(writer: ByteWriter, calledAETitle: string, callingAETitle: string): void {
  writer.u16(1)
  writer.u16(0)
  writer.ascii(calledAETitle.slice(0, 16).padEnd(16, ' '))
  writer.ascii(callingAETitle.slice(0, 16).padEnd(16, ' '))
  writer.zeros(32)
}

/** PS3.8 D.1, PS3.7 D.3.3. */
function userInformation(writer: ByteWriter, user: UserInformation): void {
  writer.item(0x50, () => {
    writer.item(0x51, () => writer.u32(user.maxPduLength))
    writer.item(0x52, () => writer.ascii(user.implementationClassUID))
    for (const role of user.roles) {
      writer.item(0x54, () => {
        writer.u16(role.sopClassUID.length)
        writer.ascii(role.sopClassUID)
        writer.u8(role.scu ? 1 : 0)
        writer.u8(role.scp ? 1 : 0)
      })
    }
    if (user.implementationVersionName) writer.item(0x55, () => writer.ascii(user.implementationVersionName))
    for (const extended of user.extended) {
      writer.item(0x56, () => {
        writer.u16(extended.sopClassUID.length)
        writer.ascii(extended.sopClassUID)
        writer.bytes(extended.information)
      })
    }
  })
}
