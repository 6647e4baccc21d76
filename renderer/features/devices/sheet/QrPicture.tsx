import { qrCode } from './qr/qrCode.ts'

const QUIET = 2

/** Dark modules as one path, with a light edge for the camera. */
export function QrPicture({ text, size }: { text: string; size: number }) {
  const rows = qrCode(text)
  if (!rows) return null
  const modules = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const edge = rows.length + 2 * QUIET
  return (
    <svg
      width={size}
      height={size}
      viewBox={`${-QUIET} ${-QUIET} ${edge} ${edge}`}
      role="img"
      aria-label="The values as a QR code"
      shapeRendering="crispEdges"
    >
      <title>The values as a QR code</title>
      <rect x={-QUIET} y={-QUIET} width={edge} height={edge} fill="#fff" />
      <path d={modules.join('')} fill="#000" />
    </svg>
  )
}
