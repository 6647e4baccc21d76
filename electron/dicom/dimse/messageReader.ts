import { type CommandSet, decodeCommandSet } from './commandSet.ts'
import { DimseProtocolError } from './dimseError.ts'

/** Where the bytes of one data set go. `bytes` are valid during the call only. */
export interface DataSetSink {
  write(bytes: Buffer): void
  /** The whole data set has come. */
  end(): void
  /** The association is over before the data set was. */
  abort(): void
}

/** Takes a command; when it says that a data set follows, tells where that goes (undefined: nowhere). */
export type CommandHandler = (contextId: number, command: CommandSet) => DataSetSink | undefined

const COMMAND_SET_MAX = 64 * 1024
const nowhere: DataSetSink = { write() {}, end() {}, abort() {} }

/** PS3.7 6.3.1, PS3.8 E: puts messages together from fragments. Commands are collected, data sets flow through. */
export class MessageReader {
  private readonly onCommand: CommandHandler
  private command: Buffer = Buffer.alloc(512)
  private commandFill = 0
  /** Context of the message being received; 0 between messages. */
  private contextId = 0
  private sink: DataSetSink | undefined

  constructor(onCommand: CommandHandler) {
    this.onCommand = onCommand
  }

  /** True while a message has begun and not ended. */
  get busy(): boolean {
    return this.contextId !== 0
  }

  /** Throws DimseProtocolError. */
  fragment(contextId: number, control: number, bytes: Buffer, endOfValue: boolean): void {
    if (this.contextId !== 0 && contextId !== this.contextId)
      throw new DimseProtocolError('Two messages were sent into each other')
    const isCommand = (control & 1) !== 0
    const isLast = endOfValue && (control & 2) !== 0
    if (isCommand) {
      if (this.sink) throw new DimseProtocolError('A command came before the data set of the last one was complete')
      this.contextId = contextId
      this.collect(bytes)
      if (isLast) this.completeCommand(contextId)
      return
    }
    const sink = this.sink
    if (!sink) throw new DimseProtocolError('A data set came without a command')
    if (bytes.length > 0) sink.write(bytes)
    if (isLast) {
      this.sink = undefined
      this.contextId = 0
      sink.end()
    }
  }

  abort(): void {
    const sink = this.sink
    this.sink = undefined
    this.contextId = 0
    sink?.abort()
  }

  private collect(bytes: Buffer): void {
    const length = this.commandFill + bytes.length
    if (length > COMMAND_SET_MAX) throw new DimseProtocolError('The command set is too long')
    if (length > this.command.length) {
      const larger = Buffer.alloc(Math.max(length, this.command.length * 2))
      this.command.copy(larger, 0, 0, this.commandFill)
      this.command = larger
    }
    bytes.copy(this.command, this.commandFill)
    this.commandFill = length
  }

  private completeCommand(contextId: number): void {
    const command = decodeCommandSet(this.command.subarray(0, this.commandFill))
    this.commandFill = 0
    if (!command.hasDataSet) this.contextId = 0
    else this.sink = nowhere
    const sink = this.onCommand(contextId, command)
    if (command.hasDataSet && sink && this.sink) this.sink = sink
  }
}
