const starts = (bytes: Uint8Array, text: string, at = 0) =>
  [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0))

/**
 * The ending of a saved document or video, by what it is: the MIME type in the file is somebody's text, and a wrong
 * ending would make another program run what should be read.
 */
export function contentEnding(bytes: Uint8Array): string {
  if (starts(bytes, '%PDF')) return 'pdf'
  if (starts(bytes, 'ftyp', 4)) return 'mp4'
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 1 && (bytes[3] === 0xb3 || bytes[3] === 0xba)) return 'mpg'
  if (bytes[0] === 0x47 && bytes[188] === 0x47) return 'ts'
  if (bytes[0] === 0 && bytes[1] === 0 && (bytes[2] === 1 || (bytes[2] === 0 && bytes[3] === 1))) return 'h264'
  if (starts(bytes, '<?xml') || starts(bytes, '<ClinicalDocument')) return 'xml'
  if (starts(bytes, 'solid') || bytes.length === 84 + 50 * triangles(bytes)) return 'stl'
  return 'bin'
}

/** Binary STL: an 80-byte header, the number of triangles, 50 bytes each. */
function triangles(bytes: Uint8Array): number {
  return bytes.length < 84 ? -1 : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(80, true)
}
