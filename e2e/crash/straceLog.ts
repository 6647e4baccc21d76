import { closeSync, openSync, readSync } from 'node:fs'

/** A system call of the traced workstation. `start` and `end` are line numbers of the log: what strace saw, in its order. */
export interface SystemCall {
  thread: number
  name: string
  start: number
  end: number
  succeeded: boolean
  /** Paths and socket addresses as strace names them: of the descriptor, or of the path arguments. */
  paths: string[]
  /** Bytes written, as far as strace shows them. */
  data: Buffer
}

/** What strace must be asked for so that this can be read: threads, names of descriptors, bytes in hex. */
export const STRACE_OPTIONS = ['-f', '--seccomp-bpf', '-yy', '-xx', '-s', '4200']
export const TRACED_CALLS =
  'fdatasync,fsync,ftruncate,rename,renameat,renameat2,mkdir,pwrite64,write,writev,sendto,sendmsg'

const CALL = /^(\d+) +(\w+)\((.*)$/
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/
const UNFINISHED = '<unfinished ...>'

const CHUNK_BYTES = 16 * 1024 * 1024
const NEWLINE = 0x0a

export function readStraceLog(file: string): SystemCall[] {
  return parseStraceLog(linesOf(file))
}

/** One by one: a long log is longer than a string can be. */
function* linesOf(file: string): Generator<string> {
  const log = openSync(file, 'r')
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES)
    let rest = Buffer.alloc(0)
    for (let read = readSync(log, chunk); read > 0; read = readSync(log, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)])
      let at = 0
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
        yield bytes.toString('latin1', at, end)
        at = end + 1
      }
      rest = Buffer.from(bytes.subarray(at))
    }
    yield rest.toString('latin1')
  } finally {
    closeSync(log)
  }
}

export function parseStraceLog(lines: Iterable<string>): SystemCall[] {
  const calls: SystemCall[] = []
  const unfinished = new Map<number, { name: string; start: number; text: string }>()
  let number = -1
  for (const line of lines) {
    number += 1
    const begun = CALL.exec(line)
    if (begun?.[1] && begun[2] && begun[3] !== undefined) {
      const [, thread, name, text] = begun
      if (text.includes(UNFINISHED)) unfinished.set(Number(thread), { name, start: number, text })
      else calls.push(callOf(Number(thread), name, number, number, text))
      continue
    }
    const resumed = RESUMED.exec(line)
    if (!resumed) continue
    const thread = Number(resumed[1])
    const first = unfinished.get(thread)
    if (!first) continue
    unfinished.delete(thread)
    calls.push(callOf(thread, first.name, first.start, number, first.text.replace(UNFINISHED, '') + resumed[3]))
  }
  return calls.sort((a, b) => a.start - b.start)
}

function callOf(thread: number, name: string, start: number, end: number, text: string): SystemCall {
  const result = /\) += (-?\d+)/.exec(text)
  const strings = [...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map((match) => bytesOf(match[1] ?? ''))
  const descriptor = /^\d+<(.+?)>(?:[ ,)]|$)/.exec(text)
  const isPathCall = name.startsWith('rename') || name === 'mkdir'
  const paths = isPathCall ? strings.map((one) => one.toString('utf8')) : [nameOf(descriptor?.[1] ?? '')]
  return {
    thread,
    name,
    start,
    end,
    succeeded: result !== null && Number(result[1]) >= 0,
    paths,
    data: isPathCall ? Buffer.alloc(0) : Buffer.concat(strings),
  }
}

/** Sockets are named in clear (`TCP:[...]`), files in hex. */
function nameOf(text: string): string {
  return text.startsWith('\\x') ? bytesOf(text).toString('utf8') : text
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex')
}
