const NAMES = [
  'code',
  'errorCode',
  'error',
  'Message',
  'message',
  'errorMessage',
  'error_description',
  'detail',
  'title',
]
const CLIP = 160

/**
 * What an answer that says no tells in words: a member of its JSON, or its plain text. A page of HTML says nothing here.
 * It is hostile until shown: one line, bounded.
 */
export function problemWords(contentType: string, body: string): string {
  if (/json/i.test(contentType)) return clip(fromJson(body))
  return /^text\/plain/i.test(contentType) ? clip(body) : ''
}

function fromJson(body: string): string {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return ''
  }
  return wordsIn(json) ?? ''
}

function wordsIn(json: unknown, depth = 0): string | undefined {
  if (typeof json !== 'object' || json === null || depth > 2) return undefined
  const members = json as Record<string, unknown>
  for (const name of NAMES) {
    const value = Object.hasOwn(members, name) ? members[name] : undefined
    if (typeof value === 'string' && value.trim() !== '') return value
    const inner = wordsIn(value, depth + 1)
    if (inner !== undefined) return inner
  }
  return undefined
}

function clip(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]+/g, ' ').trim()
  return line.length > CLIP ? `${line.slice(0, CLIP - 1)}…` : line
}
