import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

const ascii = (text: string) => Buffer.from(text, 'latin1')

/**
 * A Storage SCP that takes so many instances, answers each with success, and then dies as a process does: sockets reset,
 * nobody listening any more. No real peer can be killed at an exact image.
 */
export async function startReluctantScp({
  takes,
}: {
  takes: number
}): Promise<{ aeTitle: string; port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>()
  let taken = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(
      socket,
      () => {
        taken += 1
        return taken <= takes
      },
      die,
    )
  })
  function die(): void {
    server.close()
    for (const socket of sockets) socket.resetAndDestroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { aeTitle: 'RELUCTANT', port, [Symbol.asyncDispose]: async () => die() }
}

function serve(socket: Socket, mayTake: () => boolean, die: () => void): void {
  let bytes: Buffer = Buffer.alloc(0)
  let request: { contextId: number; messageId: number; command: Map<number, Buffer> } | undefined
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= 6 && bytes.length >= 6 + bytes.readUInt32BE(2)) {
      const end = 6 + bytes.readUInt32BE(2)
      const [type, body] = [bytes.readUInt8(0), bytes.subarray(6, end)]
      bytes = bytes.subarray(end)
      if (type === 0x01) socket.write(accept(body))
      else if (type === 0x05) socket.end(Buffer.from([6, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
      else if (type === 0x04) takeValues(body)
    }
  })

  function takeValues(body: Buffer): void {
    for (let at = 0; at + 6 <= body.length; at += 4 + body.readUInt32BE(at)) {
      const [contextId, control] = [body.readUInt8(at + 4), body.readUInt8(at + 5)]
      if (control === 0x03) {
        const command = elements(body.subarray(at + 6, at + 4 + body.readUInt32BE(at)))
        request = { contextId, messageId: command.get(0x0110)?.readUInt16LE() ?? 0, command }
      } else if (control === 0x02 && request) {
        if (mayTake()) socket.write(storeResponse(request))
        else die()
      }
    }
  }
}

/** Takes the first transfer syntax of every context. */
function accept(requestBody: Buffer): Buffer {
  const items: Buffer[] = [requestBody.subarray(68, 72 + requestBody.readUInt16BE(70))]
  for (let at = 68; at + 4 <= requestBody.length; ) {
    const end = at + 4 + requestBody.readUInt16BE(at + 2)
    if (requestBody.readUInt8(at) === 0x20) {
      const abstract = at + 8
      const syntax = abstract + 4 + requestBody.readUInt16BE(abstract + 2)
      const syntaxItem = requestBody.subarray(syntax, syntax + 4 + requestBody.readUInt16BE(syntax + 2))
      items.push(item(0x21, Buffer.from([requestBody.readUInt8(at + 4), 0, 0, 0]), syntaxItem))
    }
    at = end
  }
  items.push(item(0x50, item(0x51, Buffer.from([0, 1, 0, 0])), item(0x52, ascii('1.2.826.0.1.3680043.10.1447.9'))))
  const body = Buffer.concat([requestBody.subarray(0, 68), ...items])
  return Buffer.concat([Buffer.from([2, 0]), uint32(body.length), body])
}

function storeResponse({
  contextId,
  messageId,
  command,
}: {
  contextId: number
  messageId: number
  command: Map<number, Buffer>
}): Buffer {
  const us = (value: number) => Buffer.from([value & 0xff, value >> 8])
  const rest = Buffer.concat([
    element(0x0002, command.get(0x0002) ?? Buffer.alloc(0)),
    element(0x0100, us(0x8001)),
    element(0x0120, us(messageId)),
    element(0x0800, us(0x0101)),
    element(0x0900, us(0x0000)),
    element(0x1000, command.get(0x1000) ?? Buffer.alloc(0)),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(rest.length)
  const value = Buffer.concat([Buffer.from([contextId, 0x03]), element(0x0000, length), rest])
  return Buffer.concat([Buffer.from([4, 0]), uint32(value.length + 4), uint32(value.length), value])
}

function elements(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 0; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4))
    found.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4)))
  return found
}

function element(number: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(number, 2)
  head.writeUInt32LE(value.length, 4)
  return Buffer.concat([head, value])
}

function item(type: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.from([type, 0, body.length >> 8, body.length & 0xff])
  return Buffer.concat([head, body])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
