import { DimseProtocolError } from './dimseError.ts'
import type { DataSetSink } from './messageReader.ts'

const IDENTIFIER_MAX = 1024 * 1024

/** Collects a small data set (PS3.4 C.4: an identifier). */
export function collectIdentifier(deliver: (identifier: Buffer) => void): DataSetSink {
  const parts: Buffer[] = []
  let length = 0
  return {
    write(bytes) {
      length += bytes.length
      if (length > IDENTIFIER_MAX) throw new DimseProtocolError('The identifier is too long')
      parts.push(Buffer.from(bytes))
    },
    end: () => deliver(Buffer.concat(parts, length)),
    abort() {},
  }
}
