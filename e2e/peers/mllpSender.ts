import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { framed } from '#electron/hl7/frames.ts'
import { dateOf } from '#shared/dicom/dateTime.ts'

/** Practice management: one message after the other, each only when the one before is acknowledged. */
export class MllpSender implements Disposable {
  private readonly socket: Socket
  private text = ''
  private waiting: ((answer: string | undefined) => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk) => {
      this.text += chunk.toString('utf8')
      const end = this.text.indexOf('\x1c\r')
      if (end < 0) return
      const answer = this.text.slice(1, end)
      this.text = this.text.slice(end + 2)
      this.answer(answer)
    })
    socket.on('error', () => {})
    socket.on('close', () => this.answer(undefined))
  }

  /** Undefined where nobody listens. */
  static async open(port: number): Promise<MllpSender | undefined> {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
    } catch {
      return undefined
    }
    return new MllpSender(socket)
  }

  /** The acknowledgement; undefined when the connection ended without one. */
  send(message: string): Promise<string | undefined> {
    if (this.socket.destroyed) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      this.waiting = resolve
      this.socket.write(framed(message))
    })
  }

  [Symbol.dispose](): void {
    this.socket.destroy()
  }

  private answer(answer: string | undefined): void {
    const waiting = this.waiting
    this.waiting = undefined
    waiting?.(answer)
  }
}

/** How the workstation keeps which order of which sender it was. */
export const sourceKeyOf = (number: string): string => `hl7:VETDESK/CLINIC:${number}`

/** An ORM^O01 for the CT of today; `number` is control ID, placer number and accession number in one. */
export function orderMessage(number: string, date = dateOf(new Date())): string {
  return [
    `MSH|^~\\&|VETDESK|CLINIC|||20261121093000||ORM^O01|${number}|P|2.5.1`,
    `PID|1||V${number}||Sato^Rex||20180301|MN|||||||||||||||||||||||||||Canine|Beagle`,
    'NK1|1|Sato^Ren|OWN',
    `ORC|NW|${number}`,
    `OBR|1|${number}||CTTHX^Thorax, CT^99NGTS||||||||||||||${number}||||||CT|||^^^${date}1030`,
  ].join('\r')
}
