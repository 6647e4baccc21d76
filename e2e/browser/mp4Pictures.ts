const SLICES = [1, 5]
const typeOf = (unit: Uint8Array) => (unit[0] ?? 0) & 0x1f

interface Box {
  type: string
  body: Uint8Array
}

function* boxes(bytes: Uint8Array): Iterable<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at) || bytes.length - at
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const head = size === 1 ? 16 : 8
    const length = size === 1 ? Number(view.getBigUint64(at + 8)) : size
    yield { type, body: bytes.subarray(at + head, at + length) }
    at += length
  }
}

/** Pictures of an MP4 as a browser records it, each with its units; parameters stand before the first. */
export function lengthPrefixedPictures(file: Uint8Array): Uint8Array[][] {
  const all = [
    ...parameters(file),
    ...[...boxes(file)].filter(({ type }) => type === 'mdat').flatMap((box) => [...units(box.body)]),
  ]
  const pictures: Uint8Array[][] = []
  let current: Uint8Array[] = []
  for (const unit of all) {
    current.push(unit)
    if (!SLICES.includes(typeOf(unit))) continue
    pictures.push(current)
    current = []
  }
  return pictures
}

function* units(data: Uint8Array): Iterable<Uint8Array> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at + 4 <= data.length; at += 4 + view.getUint32(at))
    yield data.subarray(at + 4, at + 4 + view.getUint32(at))
}

/** ISO/IEC 14496-15 5.3.3.1, wherever the description stands; none where they are among the pictures. */
function parameters(file: Uint8Array): Uint8Array[] {
  const name = [...'avcC'].map((letter) => letter.charCodeAt(0))
  const at = file.findIndex((_, index) => name.every((code, nth) => file[index + nth] === code))
  if (at < 0) return []
  const found: Uint8Array[] = []
  let next = at + 9
  for (const mask of [0x1f, 0xff]) {
    const count = (file[next] ?? 0) & mask
    next += 1
    for (let nth = 0; nth < count; nth += 1) {
      const length = ((file[next] ?? 0) << 8) | (file[next + 1] ?? 0)
      found.push(file.subarray(next + 2, next + 2 + length))
      next += 2 + length
    }
  }
  return found
}
