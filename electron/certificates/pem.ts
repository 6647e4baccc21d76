/** RFC 7468. */
export interface PemBlock {
  label: string
  /** With its boundaries, and with the headers of an old encrypted key. */
  text: string
  bytes: Buffer
}

const BLOCKS_MAX = 1000

export function pemBlocks(text: string): PemBlock[] {
  const found: PemBlock[] = []
  for (const match of text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*(?:-(?!----)[^-]*)*)-----END \1-----/g)) {
    const [whole, label = '', body = ''] = match
    found.push({ label, text: `${whole}\n`, bytes: Buffer.from(body.replace(/^.*:.*$/gm, ''), 'base64') })
    if (found.length >= BLOCKS_MAX) break
  }
  return found
}

export function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
