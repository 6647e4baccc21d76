/**
 * A text file as people save it: UTF-8, UTF-16 with its mark, or, where the bytes are neither, Windows-1252: what Notepad
 * and Excel of Western languages write as `ANSI` and `CSV`. Undefined for what is no text: an image, a program.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const text = decode(bytes)
  return text.includes('\0') ? undefined : text
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
