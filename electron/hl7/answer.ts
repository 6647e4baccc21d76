import type { Message } from './message.ts'

export type AckCode = 'AA' | 'AE' | 'AR'

/** HL7 v2.5.1 2.9.2: acknowledgement in the original mode. `sentence` is for whoever looks into the sender's log. */
export function acknowledgement(to: Message | undefined, code: AckCode, sentence: string, now: Date): string {
  const field = (number: number, component = 1) => safe(to?.text('MSH', number, component) ?? '')
  const at = now.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const trigger = field(9, 2)
  const lines = [
    `MSH|^~\\&|NEGATOSCOPE||${field(3)}|${field(4)}|${at}||ACK${trigger === '' ? '' : `^${trigger}^ACK`}|N${now.getTime()}|${field(11) || 'P'}|${field(12) || '2.5.1'}||||||UNICODE UTF-8`,
    `MSA|${code}|${field(10)}|${safe(sentence)}`,
  ]
  if (code !== 'AA') lines.push(`ERR|||207^Application internal error^HL70357|E||||${safe(sentence)}`)
  return `${lines.join('\r')}\r`
}

/** What another program wrote must not break the structure of what we write. */
function safe(text: string): string {
  return text.replace(/[\p{Cc}|^~\\&]+/gu, ' ').slice(0, 200)
}
