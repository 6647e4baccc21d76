export type PixelCodec =
  | 'none'
  | 'rle'
  /** Baseline and extended, 8 or 12 bits. */
  | 'jpeg'
  | 'jpeg-lossless'
  | 'jpeg-ls'
  | 'jpeg-2000'
  | 'htj2k'
  | 'jpeg-xl'
  | 'deflated-frame'
  | 'mpeg2'
  | 'h264'
  | 'h265'
  /** Registered, but not in use: hierarchical JPEG, JPIP, streams of SMPTE. */
  | 'other'

export interface TransferSyntax {
  uid: string
  name: string
  littleEndian: boolean
  explicit: boolean
  /** Pixel data comes in fragments (PS3.5 A.4). */
  encapsulated: boolean
  /** The whole data set is deflated (PS3.5 A.5). */
  deflated: boolean
  /** May lose information; those that can do both count as lossy. */
  lossy: boolean
  codec: PixelCodec
}

export const IMPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2'
export const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'
export const DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1.99'
export const EXPLICIT_VR_BIG_ENDIAN = '1.2.840.10008.1.2.2'
const ENCAPSULATED_UNCOMPRESSED = '1.2.840.10008.1.2.1.98'
export const JPEG_BASELINE = '1.2.840.10008.1.2.4.50'
const JPEG_EXTENDED = '1.2.840.10008.1.2.4.51'
const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.57'
export const JPEG_LOSSLESS_SV1 = '1.2.840.10008.1.2.4.70'
const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80'
const JPEG_LS_NEAR_LOSSLESS = '1.2.840.10008.1.2.4.81'
export const JPEG_2000_LOSSLESS = '1.2.840.10008.1.2.4.90'
const JPEG_2000 = '1.2.840.10008.1.2.4.91'
export const RLE_LOSSLESS = '1.2.840.10008.1.2.5'
const HTJ2K_LOSSLESS = '1.2.840.10008.1.2.4.201'
const HTJ2K_LOSSLESS_RPCL = '1.2.840.10008.1.2.4.202'
const HTJ2K = '1.2.840.10008.1.2.4.203'
const JPEG_XL_LOSSLESS = '1.2.840.10008.1.2.4.110'
const JPEG_XL_RECOMPRESSION = '1.2.840.10008.1.2.4.111'
const JPEG_XL = '1.2.840.10008.1.2.4.112'

const native = (uid: string, name: string, differs: Partial<TransferSyntax> = {}): TransferSyntax => ({
  uid,
  name,
  littleEndian: true,
  explicit: true,
  encapsulated: false,
  deflated: false,
  lossy: false,
  codec: 'none',
  ...differs,
})

/** All encapsulated syntaxes are explicit VR little endian (PS3.5 A.4). */
const encapsulated = (uid: string, name: string, codec: PixelCodec, lossy = false): TransferSyntax =>
  native(uid, name, { encapsulated: true, codec, lossy })

const JPEG = '1.2.840.10008.1.2.4.'

const TABLE: TransferSyntax[] = [
  native(IMPLICIT_VR_LITTLE_ENDIAN, 'Implicit VR Little Endian', { explicit: false }),
  native(EXPLICIT_VR_LITTLE_ENDIAN, 'Explicit VR Little Endian'),
  encapsulated(ENCAPSULATED_UNCOMPRESSED, 'Encapsulated Uncompressed Explicit VR Little Endian', 'none'),
  native(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, 'Deflated Explicit VR Little Endian', { deflated: true }),
  native(EXPLICIT_VR_BIG_ENDIAN, 'Explicit VR Big Endian', { littleEndian: false }),
  encapsulated(JPEG_BASELINE, 'JPEG Baseline', 'jpeg', true),
  encapsulated(JPEG_EXTENDED, 'JPEG Extended', 'jpeg', true),
  ...[52, 53, 54, 55, 56, 59, 60, 61, 62, 63, 64].map((number) =>
    encapsulated(JPEG + number, `JPEG, retired process (${JPEG}${number})`, 'other', true),
  ),
  encapsulated(JPEG_LOSSLESS, 'JPEG Lossless', 'jpeg-lossless'),
  encapsulated(`${JPEG}58`, 'JPEG Lossless, process 15', 'other'),
  encapsulated(`${JPEG}65`, 'JPEG Lossless, hierarchical, process 28', 'other'),
  encapsulated(`${JPEG}66`, 'JPEG Lossless, hierarchical, process 29', 'other'),
  encapsulated(JPEG_LOSSLESS_SV1, 'JPEG Lossless, first-order prediction', 'jpeg-lossless'),
  encapsulated(JPEG_LS_LOSSLESS, 'JPEG-LS Lossless', 'jpeg-ls'),
  encapsulated(JPEG_LS_NEAR_LOSSLESS, 'JPEG-LS Near-Lossless', 'jpeg-ls', true),
  encapsulated(JPEG_2000_LOSSLESS, 'JPEG 2000 Lossless', 'jpeg-2000'),
  encapsulated(JPEG_2000, 'JPEG 2000', 'jpeg-2000', true),
  encapsulated(`${JPEG}92`, 'JPEG 2000 Part 2 Multi-component Lossless', 'other'),
  encapsulated(`${JPEG}93`, 'JPEG 2000 Part 2 Multi-component', 'other', true),
  native(`${JPEG}94`, 'JPIP Referenced', { codec: 'other', lossy: true }),
  native(`${JPEG}95`, 'JPIP Referenced Deflate', { codec: 'other', lossy: true, deflated: true }),
  encapsulated(`${JPEG}100`, 'MPEG2 Main Profile, Main Level', 'mpeg2', true),
  encapsulated(`${JPEG}100.1`, 'Fragmentable MPEG2 Main Profile, Main Level', 'mpeg2', true),
  encapsulated(`${JPEG}101`, 'MPEG2 Main Profile, High Level', 'mpeg2', true),
  encapsulated(`${JPEG}101.1`, 'Fragmentable MPEG2 Main Profile, High Level', 'mpeg2', true),
  encapsulated(`${JPEG}102`, 'MPEG-4 AVC/H.264 High Profile, Level 4.1', 'h264', true),
  encapsulated(`${JPEG}102.1`, 'Fragmentable MPEG-4 AVC/H.264 High Profile, Level 4.1', 'h264', true),
  encapsulated(`${JPEG}103`, 'MPEG-4 AVC/H.264 BD-compatible High Profile, Level 4.1', 'h264', true),
  encapsulated(`${JPEG}103.1`, 'Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile, Level 4.1', 'h264', true),
  encapsulated(`${JPEG}104`, 'MPEG-4 AVC/H.264 High Profile, Level 4.2 for 2D Video', 'h264', true),
  encapsulated(`${JPEG}104.1`, 'Fragmentable MPEG-4 AVC/H.264 High Profile, Level 4.2 for 2D Video', 'h264', true),
  encapsulated(`${JPEG}105`, 'MPEG-4 AVC/H.264 High Profile, Level 4.2 for 3D Video', 'h264', true),
  encapsulated(`${JPEG}105.1`, 'Fragmentable MPEG-4 AVC/H.264 High Profile, Level 4.2 for 3D Video', 'h264', true),
  encapsulated(`${JPEG}106`, 'MPEG-4 AVC/H.264 Stereo High Profile, Level 4.2', 'h264', true),
  encapsulated(`${JPEG}106.1`, 'Fragmentable MPEG-4 AVC/H.264 Stereo High Profile, Level 4.2', 'h264', true),
  encapsulated(`${JPEG}107`, 'HEVC/H.265 Main Profile, Level 5.1', 'h265', true),
  encapsulated(`${JPEG}108`, 'HEVC/H.265 Main 10 Profile, Level 5.1', 'h265', true),
  encapsulated(JPEG_XL_LOSSLESS, 'JPEG XL Lossless', 'jpeg-xl'),
  encapsulated(JPEG_XL_RECOMPRESSION, 'JPEG XL JPEG Recompression', 'jpeg-xl', true),
  encapsulated(JPEG_XL, 'JPEG XL', 'jpeg-xl', true),
  encapsulated(HTJ2K_LOSSLESS, 'High-Throughput JPEG 2000 Lossless', 'htj2k'),
  encapsulated(HTJ2K_LOSSLESS_RPCL, 'High-Throughput JPEG 2000 with RPCL Lossless', 'htj2k'),
  encapsulated(HTJ2K, 'High-Throughput JPEG 2000', 'htj2k', true),
  native(`${JPEG}204`, 'JPIP HTJ2K Referenced', { codec: 'other', lossy: true }),
  native(`${JPEG}205`, 'JPIP HTJ2K Referenced Deflate', { codec: 'other', lossy: true, deflated: true }),
  encapsulated(RLE_LOSSLESS, 'RLE Lossless', 'rle'),
  encapsulated('1.2.840.10008.1.2.8.1', 'Deflated Image Frame Compression', 'deflated-frame'),
]

export const TRANSFER_SYNTAXES: ReadonlyMap<string, TransferSyntax> = new Map(
  TABLE.map((syntax) => [syntax.uid, syntax]),
)

export function transferSyntaxName(uid: string): string {
  return TRANSFER_SYNTAXES.get(uid)?.name ?? uid
}

export function isVideo(uid: string): boolean {
  const codec = TRANSFER_SYNTAXES.get(uid)?.codec
  return codec === 'mpeg2' || codec === 'h264' || codec === 'h265'
}

/** Everything that a sender may offer us for storing: we keep the bytes whatever they are (R049, R146, R153). */
export function storableTransferSyntaxUIDs(): string[] {
  return TABLE.map((syntax) => syntax.uid)
}
