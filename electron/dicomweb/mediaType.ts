export interface MediaType {
  /** `multipart/related`, in small letters. */
  type: string
  /** Names in small letters, values as they stand without quotes. */
  parameters: ReadonlyMap<string, string>
}

/** RFC 9110 8.3.1. What cannot be read has the type ''. */
export function readMediaType(header: string | undefined): MediaType {
  const [first = '', ...rest] = split(header ?? '')
  const type = first.trim().toLowerCase()
  const parameters = new Map<string, string>()
  for (const each of rest) {
    const at = each.indexOf('=')
    if (at < 0) continue
    const name = each.slice(0, at).trim().toLowerCase()
    const value = each.slice(at + 1).trim()
    parameters.set(name, value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value)
  }
  return { type: /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : '', parameters }
}

/** At semicolons outside of quotes. */
function split(text: string): string[] {
  return text.slice(0, 2000).match(/(?:"(?:\\.|[^"\\])*"|[^;"])+/g) ?? []
}
