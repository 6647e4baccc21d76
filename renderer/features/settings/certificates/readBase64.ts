const FILE_MAX_BYTES = 1_000_000

export function tooLarge(files: readonly File[]): string | undefined {
  const large = files.find(({ size }) => size > FILE_MAX_BYTES)
  return large && `${large.name} is too large for a certificate: at most 1 MB.`
}

export async function readBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
