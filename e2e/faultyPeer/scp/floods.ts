import { connect, type Socket } from 'node:net'
import { request, verification } from '../bytes.ts'
import { commandPdu, echoRequest } from '../command.ts'
import { associate, type FaultyCase, pause, type Victim } from '../faultyCase.ts'

function open(victim: Victim, count: number): Socket[] {
  return Array.from({ length: count }, () => connect(victim.port, '127.0.0.1').on('error', () => {}))
}
const closeAll = (sockets: Socket[]) => {
  for (const socket of sockets) socket.destroy()
}

export const floods: FaultyCase[] = [
  {
    name: 'slow loris: 200 requests, byte by byte',
    async run(victim) {
      const sockets = open(victim, 200)
      const bytes = request()
      for (let at = 0; at < 30; at += 1) {
        for (const socket of sockets) if (socket.writable) socket.write(bytes.subarray(at, at + 1))
        await pause(100)
      }
      closeAll(sockets)
    },
  },
  {
    name: 'slow loris: 200 commands behind accepted requests, byte by byte',
    async run(victim) {
      const sockets = open(victim, 200)
      const command = commandPdu(1, echoRequest())
      for (const socket of sockets) socket.resume().write(request({ contexts: [verification] }))
      for (let at = 0; at < 30; at += 1) {
        for (const socket of sockets) if (socket.writable) socket.write(command.subarray(at, at + 1))
        await pause(100)
      }
      closeAll(sockets)
    },
  },
  {
    name: 'a flood of 5,000 connections that say nothing',
    async run(victim) {
      const sockets: Socket[] = []
      for (let i = 0; i < 25; i += 1) {
        sockets.push(...open(victim, 200))
        await pause(40)
      }
      closeAll(sockets)
    },
  },
  {
    name: 'a flood of 5,000 connections that reset at once',
    async run(victim) {
      for (let i = 0; i < 25; i += 1) {
        for (const socket of open(victim, 200)) socket.once('connect', () => socket.resetAndDestroy())
        await pause(40)
      }
      await pause(200)
    },
  },
  {
    name: 'a flood of 1,000 requests at once, none read, all left open',
    async run(victim) {
      const sockets: Socket[] = []
      for (let i = 0; i < 10; i += 1) {
        const more = open(victim, 100)
        for (const socket of more) socket.pause().write(request())
        sockets.push(...more)
        await pause(100)
      }
      await pause(1000)
      closeAll(sockets)
    },
  },
  {
    name: 'requests of 500 KB that never end, on 200 connections',
    async run(victim) {
      const sockets = open(victim, 200)
      const head = Buffer.from([1, 0, 0, 7, 0xa1, 0x20])
      for (const socket of sockets) socket.write(Buffer.concat([head, Buffer.alloc(400_000)]))
      await pause(2000)
      closeAll(sockets)
    },
  },
  {
    name: 'twenty associations with 20,000 echoes each in one go, answers never read',
    async run(victim) {
      const peers = await Promise.all(Array.from({ length: 20 }, () => associate(victim, { contexts: [verification] })))
      const echoes = Buffer.concat(Array.from({ length: 2000 }, (_, i) => commandPdu(1, echoRequest(i))))
      for (const peer of peers) peer.socket.pause()
      for (let i = 0; i < 10; i += 1) {
        for (const peer of peers) if (peer.socket.writableLength < 20_000_000) peer.send(echoes)
        await pause(100)
      }
      for (const peer of peers) peer.destroy()
    },
  },
]
