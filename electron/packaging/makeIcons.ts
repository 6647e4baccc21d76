import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { icns, ico } from './iconContainers.ts'
import { iconPng } from './iconPng.ts'
import { iconSvg } from './iconShapes.ts'

const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512, 1024]
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]

/** Every form of the icon that an installer wants, all drawn from the same shapes. Paths below `resources/`. */
export function iconFiles(): Map<string, string | Buffer> {
  const drawn = new Map<number, Buffer>()
  const png = (size: number): Buffer => {
    const known = drawn.get(size) ?? iconPng(size)
    drawn.set(size, known)
    return known
  }
  return new Map<string, string | Buffer>([
    ['icon.svg', iconSvg()],
    ['icon.png', png(512)],
    ...LINUX_SIZES.map((size): [string, Buffer] => [`packaging/icons/${size}x${size}.png`, png(size)]),
    ['packaging/icon.ico', ico(WINDOWS_SIZES.map((size) => ({ size, png: png(size) })))],
    ['packaging/icon.icns', icns(png)],
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, content] of iconFiles()) {
    const file = join(fileURLToPath(new URL('../../resources', import.meta.url)), name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}
