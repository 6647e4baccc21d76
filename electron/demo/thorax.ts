import { seeded } from './random.ts'
import type { Slice } from './slice.ts'

/** HU as radiology textbooks give them. */
const AIR = -1000
const LUNG = -860
const FAT = -95
const MUSCLE = 55
const BLOOD = 45
const LIVER = 62
const CORTEX = 950
const MARROW = 320
const DISC = 85

/** One branch of a lung's vessels: where it is at each height, in shares of the chest's half axes. */
interface Vessel {
  angle: number
  reach: number
  twist: number
  radiusMm: number
  from: number
  to: number
}

/**
 * Draws a chest that looks like a dog's: deep, with a heart to the left, airways that fork, slanting ribs, a spine of
 * vertebrae and discs. `height` runs from 0 (liver) to 1 (thoracic inlet); `z` are the same places in millimetres.
 */
export function drawThorax(slice: Slice, height: number, z: number): void {
  const width = 66 - 16 * height * height
  const depth = 80 - 16 * height * height
  const chestWidth = width - 15
  const chestDepth = depth - 20
  slice.hu.fill(AIR)
  const back = depth - 14
  slice.ellipse(0, 0, width, depth, MUSCLE)
  slice.ellipse(0, back, 38, 27, MUSCLE)
  slice.ellipse(0, 0, width - 1.5, depth - 1.5, FAT)
  slice.ellipse(0, back, 36.5, 25.5, FAT)
  slice.ellipse(0, 1, width - 6, depth - 7, MUSCLE)
  slice.ellipse(0, back, 31, 20, MUSCLE)
  drawSpine(slice, depth - 21, z)
  drawSternum(slice, -depth + 13, z)
  slice.ellipse(0, -3, chestWidth, chestDepth, LUNG)
  drawVessels(slice, chestWidth, chestDepth, height)
  drawMediastinum(slice, chestDepth, height)
  const dome = 1 - (height / 0.36) ** 2
  if (dome > 0) drawLiver(slice, chestWidth, chestDepth, Math.sqrt(dome))
  drawRibs(slice, chestWidth + 3, chestDepth + 3, z)
}

function drawMediastinum(slice: Slice, depth: number, height: number): void {
  slice.ellipse(2, -6, 5 + 9 * height, depth * 0.96, FAT)
  slice.disc(7, depth - 24, 8.5, BLOOD)
  const heart = 1 - ((height - 0.42) / 0.3) ** 2
  if (heart > 0) {
    const scale = Math.sqrt(heart)
    slice.ellipse(6, -17, 34 * scale + 2, 31 * scale + 2, FAT)
    slice.ellipse(6, -17, 34 * scale, 31 * scale, BLOOD + 12)
    slice.ellipse(14, -21, 12 * scale, 14 * scale, BLOOD)
    slice.ellipse(-10, -14, 11 * scale, 12 * scale, BLOOD)
  } else if (height > 0.7) {
    slice.disc(-9, -12, 6.5, BLOOD)
    slice.disc(9, -14, 5, BLOOD)
    slice.disc(0, -22, 4, BLOOD)
  }
  slice.ellipse(4, 20, 7, 4, MUSCLE - 10)
  if (height < 0.22) return
  if (height >= 0.55) {
    airway(slice, -1, 8, 8)
    return
  }
  const apart = (0.55 - height) * 105
  for (const side of [-1, 1]) airway(slice, side * (6 + apart), 9, Math.max(2, 6.5 - apart * 0.14))
}

function airway(slice: Slice, x: number, y: number, radius: number): void {
  slice.disc(x, y, radius + 1.6, MUSCLE)
  slice.disc(x, y, radius, AIR)
}

function drawLiver(slice: Slice, width: number, depth: number, dome: number): void {
  slice.ellipse(0, -4, (width - 2) * dome, (depth - 4) * dome, LIVER)
  slice.ellipse(20 * dome, 8, 15 * dome, 21 * dome, 25)
  slice.ellipse(22 * dome, 3, 8 * dome, 9 * dome, AIR + 20)
  slice.disc(-16 * dome, -12, 6 * dome, 12)
  for (const [x, y] of [
    [-26, 10],
    [-8, 14],
    [-30, -20],
    [4, -30],
  ] as const)
    slice.disc(x * dome, y * dome, 2.6, BLOOD + 45)
  slice.disc(7, depth - 24, 8.5, BLOOD + 30)
}

const VESSELS: Vessel[] = makeVessels()

function makeVessels(): Vessel[] {
  const random = seeded(7)
  return Array.from({ length: 260 }, () => {
    const from = random() * 0.9
    return {
      angle: random() * 2 * Math.PI,
      reach: 0.35 + 0.62 * Math.sqrt(random()),
      twist: (random() - 0.5) * 1.6,
      radiusMm: 0.7 + 2 * random() ** 3,
      from,
      to: from + 0.12 + 0.4 * random(),
    }
  })
}

function drawVessels(slice: Slice, width: number, depth: number, height: number): void {
  for (const { angle, reach, twist, radiusMm, from, to } of VESSELS) {
    if (height < from || height > to) continue
    const along = (height - from) / (to - from)
    const turned = angle + twist * along
    const share = reach * (0.5 + 0.5 * along)
    slice.disc(
      Math.cos(turned) * share * width,
      Math.sin(turned) * share * depth,
      radiusMm * (1.2 - 0.7 * along),
      BLOOD - 15,
    )
  }
}

const VERTEBRA_MM = 23

function drawSpine(slice: Slice, y: number, z: number): void {
  const phase = (((z % VERTEBRA_MM) + VERTEBRA_MM) % VERTEBRA_MM) / VERTEBRA_MM
  slice.ellipse(0, y + 26, 7, 5, FAT)
  for (const side of [-1, 1]) slice.ellipse(side * 13, y + 17, 9, 10, MUSCLE + 4)
  if (phase < 0.16) {
    slice.ellipse(0, y, 11.5, 9.5, DISC)
  } else {
    const waist = 1 - 0.16 * Math.sin((phase - 0.16) * 3.74)
    slice.ellipse(0, y, 11.5 * waist, 9.5, CORTEX)
    slice.ellipse(0, y, 9.6 * waist, 7.8, MARROW)
  }
  slice.ellipse(0, y + 13.5, 8.6, 6.6, phase < 0.3 ? MUSCLE : CORTEX - 120)
  slice.ellipse(0, y + 13, 6.4, 5, 18)
  slice.ellipse(0, y + 13, 4.2, 3.4, 38)
  if (phase > 0.45 && phase < 0.9) slice.ellipse(0, y + 24, 1.7, 8, CORTEX - 200)
  if (phase > 0.5 && phase < 0.72) for (const side of [-1, 1]) slice.ellipse(side * 13, y + 8, 6, 2.6, CORTEX - 250)
}

function drawSternum(slice: Slice, y: number, z: number): void {
  const phase = (((z % 19) + 19) % 19) / 19
  slice.ellipse(0, y, 6, 5, phase < 0.2 ? DISC + 60 : CORTEX - 300)
  if (phase >= 0.2) slice.ellipse(0, y, 4.2, 3.4, MARROW - 60)
}

const RIB_MM = 21
const RIB_SLANT_MM = 44

/** A rib leaves the spine and slants to the tail: one slice cuts several of them at different places of the wall. */
function drawRibs(slice: Slice, width: number, depth: number, z: number): void {
  for (let rib = -3; rib < 12; rib++) {
    const along = (rib * RIB_MM - z) / RIB_SLANT_MM
    if (along < 0.06 || along > 0.92) continue
    for (const side of [-1, 1])
      for (let step = -3; step <= 3; step++) {
        const angle = Math.PI / 2 - side * (along + step * 0.02) * Math.PI
        const x = Math.cos(angle) * width
        const y = Math.sin(angle) * depth - 3
        slice.disc(x, y, 2.9, CORTEX - 150)
      }
    for (const side of [-1, 1])
      for (let step = -2; step <= 2; step++) {
        const angle = Math.PI / 2 - side * (along + step * 0.02) * Math.PI
        slice.disc(Math.cos(angle) * width, Math.sin(angle) * depth - 3, 1.5, MARROW)
      }
  }
}
