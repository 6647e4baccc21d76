import { withoutTrailing } from '#shared/dicom/padding.ts'
import { DimseProtocolError } from './dimseError.ts'

/** PS3.7 E.1. A command set is always Implicit VR Little Endian (PS3.7 6.3.1). */
export interface CommandSet {
  commandField: number
  hasDataSet: boolean
  affectedSOPClassUID?: string
  requestedSOPClassUID?: string
  messageID?: number
  messageIDBeingRespondedTo?: number
  moveDestination?: string
  priority?: number
  status?: number
  offendingElements?: number[]
  errorComment?: string
  errorID?: number
  affectedSOPInstanceUID?: string
  requestedSOPInstanceUID?: string
  eventTypeID?: number
  attributeIdentifiers?: number[]
  actionTypeID?: number
  remainingSubOperations?: number
  completedSubOperations?: number
  failedSubOperations?: number
  warningSubOperations?: number
  moveOriginatorAETitle?: string
  moveOriginatorMessageID?: number
}

type Key = Exclude<keyof CommandSet, 'hasDataSet'>
type Kind = 'UI' | 'US' | 'AE' | 'LO' | 'AT'

/** Element numbers of group 0000, in the order in which they are written. */
const elements: readonly (readonly [element: number, key: Key | 'dataSetType', kind: Kind])[] = [
  [0x0002, 'affectedSOPClassUID', 'UI'],
  [0x0003, 'requestedSOPClassUID', 'UI'],
  [0x0100, 'commandField', 'US'],
  [0x0110, 'messageID', 'US'],
  [0x0120, 'messageIDBeingRespondedTo', 'US'],
  [0x0600, 'moveDestination', 'AE'],
  [0x0700, 'priority', 'US'],
  [0x0800, 'dataSetType', 'US'],
  [0x0900, 'status', 'US'],
  [0x0901, 'offendingElements', 'AT'],
  [0x0902, 'errorComment', 'LO'],
  [0x0903, 'errorID', 'US'],
  [0x1000, 'affectedSOPInstanceUID', 'UI'],
  [0x1001, 'requestedSOPInstanceUID', 'UI'],
  [0x1002, 'eventTypeID', 'US'],
  [0x1005, 'attributeIdentifiers', 'AT'],
  [0x1008, 'actionTypeID', 'US'],
  [0x1020, 'remainingSubOperations', 'US'],
  [0x1021, 'completedSubOperations', 'US'],
  [0x1022, 'failedSubOperations', 'US'],
  [0x1023, 'warningSubOperations', 'US'],
  [0x1030, 'moveOriginatorAETitle', 'AE'],
  [0x1031, 'moveOriginatorMessageID', 'US'],
]
const byElement = new Map(elements.map((entry) => [entry[0], entry]))

/** PS3.7 E.1: any other value than this says that a data set follows. */
const NO_DATA_SET = 0x0101
const DATA_SET_FOLLOWS = 0x0102
const ERROR_COMMENT_MAX = 64
/** No value of a command set is longer than 64; what is cut off here stays too long to be taken for a right one. */
const TEXT_MAX = 128

export function encodeCommandSet(command: CommandSet): Buffer {
  const buffer = Buffer.alloc(commandLength(command))
  let at = element(buffer, 0, 0x0000, 4)
  at = buffer.writeUInt32LE(buffer.length - 12, at)
  for (const [number, key, kind] of elements) {
    const value = key === 'dataSetType' ? (command.hasDataSet ? DATA_SET_FOLLOWS : NO_DATA_SET) : command[key]
    if (value === undefined) continue
    if (typeof value === 'number') {
      at = element(buffer, at, number, 2)
      at = buffer.writeUInt16LE(value, at)
    } else if (typeof value === 'string') {
      const text = bounded(value, kind)
      const length = text.length + (text.length % 2)
      at = element(buffer, at, number, length)
      buffer.write(text, at, 'latin1')
      if (text.length % 2) buffer[at + text.length] = kind === 'UI' ? 0 : 0x20
      at += length
    } else {
      at = element(buffer, at, number, value.length * 4)
      for (const tag of value) {
        at = buffer.writeUInt16LE(tag >>> 16, at)
        at = buffer.writeUInt16LE(tag & 0xffff, at)
      }
    }
  }
  return buffer
}

function element(buffer: Buffer, at: number, number: number, length: number): number {
  buffer.writeUInt16LE(0, at)
  buffer.writeUInt16LE(number, at + 2)
  return buffer.writeUInt32LE(length, at + 4)
}

function commandLength(command: CommandSet): number {
  let length = 12
  for (const [, key, kind] of elements) {
    const value = key === 'dataSetType' ? 0 : command[key]
    if (value === undefined) continue
    if (typeof value === 'number') length += 10
    else if (typeof value === 'string') {
      const characters = bounded(value, kind).length
      length += 8 + characters + (characters % 2)
    } else length += 8 + value.length * 4
  }
  return length
}

/** A comment has no character set (PS3.7 C.1), so it is plain ASCII. */
function bounded(value: string, kind: Kind): string {
  return kind === 'LO' ? value.replace(/[^\x20-\x5b\x5d-\x7e]/g, '?').slice(0, ERROR_COMMENT_MAX) : value
}

/** Throws DimseProtocolError. Unknown and retired elements of group 0000 are passed over. */
export function decodeCommandSet(bytes: Buffer): CommandSet {
  const command: CommandSet = { commandField: -1, hasDataSet: false }
  const values = command as unknown as Record<string, unknown>
  let at = 0
  while (at < bytes.length) {
    if (at + 8 > bytes.length) throw new DimseProtocolError('The command set ends within an element')
    const group = bytes.readUInt16LE(at)
    const number = bytes.readUInt16LE(at + 2)
    const length = bytes.readUInt32LE(at + 4)
    at += 8
    if (group !== 0) throw new DimseProtocolError(`Group ${group.toString(16)} does not belong into a command set`)
    if (length > bytes.length - at) throw new DimseProtocolError('A command element is longer than the command set')
    const entry = byElement.get(number)
    if (entry && length > 0) {
      const [, key, kind] = entry
      if (key === 'dataSetType') command.hasDataSet = unsigned(bytes, at, length) !== NO_DATA_SET
      else if (kind === 'US') values[key] = unsigned(bytes, at, length)
      else if (kind === 'AT') values[key] = tags(bytes, at, length)
      else values[key] = text(bytes, at, length)
    }
    at += length
  }
  if (command.commandField < 0) throw new DimseProtocolError('The command set has no command field')
  return command
}

function text(bytes: Buffer, at: number, length: number): string {
  return withoutTrailing(bytes.toString('latin1', at, at + Math.min(length, TEXT_MAX)), '\0 ').replace(/^ +/, '')
}

function unsigned(bytes: Buffer, at: number, length: number): number {
  if (length !== 2) throw new DimseProtocolError('A number in the command set is not two bytes long')
  return bytes.readUInt16LE(at)
}

function tags(bytes: Buffer, at: number, length: number): number[] {
  const list: number[] = []
  for (let i = at; i + 4 <= at + length; i += 4) {
    list.push(((bytes.readUInt16LE(i) << 16) | bytes.readUInt16LE(i + 2)) >>> 0)
  }
  return list
}
