import { readFileSync } from 'node:fs'

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

export function readStraceLog(file: string): SystemCall[] {
  return parseStraceLog(readFileSync(file, 'latin1').split('\n'))
}

export function parseStraceLog(lines: string[]): SystemCall[] {
  const calls: SystemCall[] = []
  const unfinished = new Map<number, { name: string; start: number; text: string }>()
  lines.forEach((line, number) => {
    const begun = CALL.exec(line)
    if (begun?.[1] && begun[2] && begun[3] !== undefined) {
      const [, thread, name, text] = begun
      if (text.includes(UNFINISHED)) unfinished.set(Number(thread), { name, start: number, text })
      else calls.push(callOf(Number(thread), name, number, number, text))
      return
    }
    const resumed = RESUMED.exec(line)
    if (!resumed) return
    const thread = Number(resumed[1])
    const first = unfinished.get(thread)
    if (!first) return
    unfinished.delete(thread)
    calls.push(callOf(thread, first.name, first.start, number, first.text.replace(UNFINISHED, '') + resumed[3]))
  })
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
