import { commandField } from '../dimse/commandField.ts'
import { type CommandSet, decodeCommandSet } from '../dimse/commandSet.ts'
import { decodeIdentifier, encodeIdentifier, type Identifier } from '../dimse/identifier.ts'
import { acceptAssociation, type ScriptedPeer, scriptedServer } from './scriptedPeer.ts'

/** A status; `silence`: no answer; `drop`: success, and the image is thrown away; `cut`: the connection ends. */
export type Mood = number | 'silence' | 'drop' | 'cut'

const NO_DATA_SET = { hasDataSet: false } as const
const PENDING = 0xff00

/** A Storage and Query SCP with moods: what it answers to each image is told by the test, and what it has can be asked. */
export class MoodyPeer {
  /** By SOP Instance UID. */
  readonly stored = new Set<string>()
  /** Every image that was brought, in order. */
  readonly brought: string[] = []
  mood: (uid: string, count: number) => Mood = () => 0
  /** Under which every study is kept; undefined: it does not say. */
  patient: { PatientID: string; PatientName: string } | undefined
  delayMs = 0
  port = 0
  private server: { port: number; close(): void } | undefined

  static async open(): Promise<MoodyPeer> {
    const peer = new MoodyPeer()
    await peer.up()
    return peer
  }

  /** Again on the port that it had. */
  async up(): Promise<void> {
    this.server = await scriptedServer((peer) => this.serve(peer), this.port)
    this.port = this.server.port
  }

  down(): void {
    this.server?.close()
    this.server = undefined
  }

  private async serve(peer: ScriptedPeer): Promise<void> {
    const request = await acceptAssociation(peer)
    const syntaxes = new Map(request.contexts.map(({ id, transferSyntaxes }) => [id, transferSyntaxes[0] ?? '']))
    for (;;) {
      const pdu = await peer.next(60_000)
      if (pdu?.type === 5) peer.send(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
      if (pdu?.type !== 4) return
      const contextId = pdu.body.readUInt8(4)
      const command = decodeCommandSet(pdu.body.subarray(6))
      const dataSet = command.hasDataSet ? await peer.nextData() : undefined
      if (command.commandField === commandField.cStoreRequest) await this.store(peer, contextId, command)
      else if (command.commandField === commandField.cFindRequest)
        this.find(peer, contextId, command, { syntax: syntaxes.get(contextId) ?? '', dataSet })
    }
  }

  private async store(peer: ScriptedPeer, contextId: number, command: CommandSet): Promise<void> {
    const uid = command.affectedSOPInstanceUID ?? ''
    this.brought.push(uid)
    const mood = this.mood(uid, this.brought.length)
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs))
    if (mood === 'silence') return
    if (mood === 'cut') return peer.destroy()
    const status = mood === 'drop' ? 0 : mood
    if (mood === 0 || (typeof mood === 'number' && mood >> 12 === 0xb)) this.stored.add(uid)
    peer.message(contextId, { ...answerTo(command), affectedSOPInstanceUID: uid, status, ...NO_DATA_SET })
  }

  /** All that it has, whatever it was asked for: who asks must look what comes. */
  private find(
    peer: ScriptedPeer,
    contextId: number,
    command: CommandSet,
    { syntax, dataSet = Buffer.alloc(0) }: { syntax: string; dataSet: Buffer | undefined },
  ): void {
    const { QueryRetrieveLevel, StudyInstanceUID = '' } = decodeIdentifier(dataSet, syntax)
    const found: Identifier[] =
      QueryRetrieveLevel === 'STUDY' && this.patient
        ? [{ QueryRetrieveLevel, StudyInstanceUID, ...this.patient }]
        : [...this.stored].map((uid) => ({ QueryRetrieveLevel: 'IMAGE', SOPInstanceUID: uid }))
    for (const one of found)
      peer.message(
        contextId,
        { ...answerTo(command), status: PENDING, hasDataSet: true },
        encodeIdentifier(one, syntax),
      )
    peer.message(contextId, { ...answerTo(command), status: 0, ...NO_DATA_SET })
  }
}

function answerTo(command: CommandSet): CommandSet {
  const { affectedSOPClassUID = '', messageID = 0 } = command
  return {
    commandField: command.commandField | 0x8000,
    hasDataSet: false,
    affectedSOPClassUID,
    messageIDBeingRespondedTo: messageID,
  }
}
