import { commandField } from '#electron/dicom/dimse/commandField.ts'
import { decodeCommandSet } from '#electron/dicom/dimse/commandSet.ts'
import { acceptAssociation, type ScriptedPeer, scriptedServer } from '#electron/dicom/testing/scriptedPeer.ts'

/** Takes associations (or none of their contexts) and answers an echo, and every other request, with these statuses. */
export function answeringPeer({ echo = 0, others = 0, context: result = 0 }) {
  return scriptedServer(async (peer: ScriptedPeer) => {
    await acceptAssociation(peer, { answer: (context) => ({ ...context, result }) })
    for (let pdu = await peer.next(); pdu; pdu = await peer.next()) {
      if (pdu.type === 5) return peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
      if (pdu.type !== 4 || (pdu.body.readUInt8(5) & 1) === 0) continue
      const command = decodeCommandSet(pdu.body.subarray(6))
      peer.message(pdu.body.readUInt8(4), {
        commandField: command.commandField | 0x8000,
        hasDataSet: false,
        affectedSOPClassUID: command.affectedSOPClassUID ?? '',
        messageIDBeingRespondedTo: command.messageID ?? 0,
        status: command.commandField === commandField.cEchoRequest ? echo : others,
      })
    }
  })
}
