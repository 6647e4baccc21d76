import { readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'

export interface JpegFrame {
  /** Size in the JPEG itself, which may be smaller than Rows and Columns say. */
  width: number
  height: number
  /** RGB, interleaved. */
  values: Uint8Array
}

const PIXEL_DATA = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff])

/** The JPEG streams in a file, a frame each: a fragment that does not begin one belongs to the frame before it. */
function jpegStreams(file: string): Buffer[] {
  const bytes = readFileSync(file)
  const frames: Buffer[][] = []
  let at = bytes.lastIndexOf(PIXEL_DATA)
  if (at < 0) return []
  at += PIXEL_DATA.length
  while (at + 8 <= bytes.length && bytes.readUInt32LE(at) === 0xe000fffe) {
    const length = bytes.readUInt32LE(at + 4)
    const fragment = bytes.subarray(at + 8, at + 8 + length)
    if (fragment.length > 2 && fragment.readUInt16BE() === 0xffd8) frames.push([fragment])
    else frames.at(-1)?.push(fragment)
    at += 8 + length
  }
  return frames.map((fragments) => Buffer.concat(fragments))
}

/** Frames of JPEG baseline in YCbCr as Chromium's own decoder draws them: a witness where DCMTK cannot read the file. */
export async function jpegFrames(browser: Browser, file: string): Promise<JpegFrame[]> {
  const page = await browser.newPage()
  try {
    const frames: JpegFrame[] = []
    for (const stream of jpegStreams(file)) {
      const { width, height, text } = await page.evaluate(decodeInPage, stream.toString('base64'))
      frames.push({ width, height, values: Buffer.from(text, 'base64') })
    }
    return frames
  } finally {
    await page.close()
  }
}

/** Runs in the page. */
async function decodeInPage(jpeg: string): Promise<{ width: number; height: number; text: string }> {
  const bytes = Uint8Array.from(atob(jpeg), (character) => character.charCodeAt(0))
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }), { colorSpaceConversion: 'none' })
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
  if (!context) throw new Error('No 2D context')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const parts: string[] = []
  for (let row = 0; row < image.height; row += 1) {
    const line = new Uint8Array(image.width * 3)
    for (let x = 0; x < image.width; x += 1)
      line.set(data.subarray((row * image.width + x) * 4, (row * image.width + x) * 4 + 3), x * 3)
    parts.push(String.fromCharCode(...line))
  }
  return { width: image.width, height: image.height, text: btoa(parts.join('')) }
}
