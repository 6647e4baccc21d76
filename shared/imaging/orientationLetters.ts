import type { FrameImage, InstanceImage } from './instanceImage.ts'

type Vector3 = readonly [number, number, number]

/** Image axes as they lie on the screen: unit steps of (column, row) per step right and per step down. */
export interface ScreenAxes {
  right: readonly [number, number]
  down: readonly [number, number]
}

export interface EdgeLetters {
  top: string
  right: string
  bottom: string
  left: string
}

/** Components below this share of the direction are not worth a letter (about 10 degrees). */
const MINOR = 0.17

/** PS3.3 C.7.6.1.1.1: letters of a direction in the patient (x to the left, y to the back, z to the head), main axis first. */
export function lettersOfDirection(direction: Vector3): string {
  const size = Math.hypot(...direction)
  if (!(size > 0)) return ''
  const names = [
    ['L', 'R'],
    ['P', 'A'],
    ['H', 'F'],
  ] as const
  return names
    .map(([plus, minus], axis) => {
      const part = (direction[axis] ?? 0) / size
      return { letter: part > 0 ? plus : minus, share: Math.abs(part) }
    })
    .filter(({ share }) => share > MINOR)
    .sort((a, b) => b.share - a.share)
    .map(({ letter }) => letter)
    .join('')
}

const bipedOpposite: Record<string, string> = { L: 'R', R: 'L', A: 'P', P: 'A', H: 'F', F: 'H' }
/** PS3.3 C.7.6.1.1.1, quadrupeds. Palmar and plantar face dorsal, which is why their opposite is D. */
const quadrupedOpposite: Record<string, string> = {
  LE: 'RT',
  RT: 'LE',
  D: 'V',
  V: 'D',
  CR: 'CD',
  CD: 'CR',
  R: 'CD',
  M: 'L',
  L: 'M',
  PR: 'DI',
  DI: 'PR',
  PA: 'D',
  PL: 'D',
}

function parts(value: string, opposites: Record<string, string>): string[] | undefined {
  const found: string[] = []
  let rest = value
  while (rest) {
    const part = [rest.slice(0, 2), rest.slice(0, 1)].find((candidate) => candidate in opposites)
    if (!part) return undefined
    found.push(part)
    rest = rest.slice(part.length)
  }
  return found
}

function described(value: string, quadruped: boolean): { ahead: string; behind: string } {
  const opposites = quadruped ? quadrupedOpposite : bipedOpposite
  const found = parts(value, opposites)
  // What is not in the standard is shown where it was said, and nothing is made up for the other side.
  if (!found) return { ahead: value, behind: '' }
  const write = (part: string) => (part.length === 2 ? `${part[0]}${part[1]?.toLowerCase()}` : part)
  return { ahead: found.map(write).join(''), behind: found.map((part) => write(opposites[part] ?? '')).join('') }
}

/** What each edge of the screen faces; '' where the file does not say. */
export function edgeLetters(
  image: Pick<InstanceImage, 'patientOrientation'>,
  frame: Pick<FrameImage, 'plane'>,
  axes: ScreenAxes,
): EdgeLetters {
  if (frame.plane) {
    const { rowDirection, columnDirection } = frame.plane
    const direction = ([column, row]: readonly [number, number], sign: 1 | -1): Vector3 => [
      sign * (column * rowDirection[0] + row * columnDirection[0]),
      sign * (column * rowDirection[1] + row * columnDirection[1]),
      sign * (column * rowDirection[2] + row * columnDirection[2]),
    ]
    return {
      right: lettersOfDirection(direction(axes.right, 1)),
      left: lettersOfDirection(direction(axes.right, -1)),
      bottom: lettersOfDirection(direction(axes.down, 1)),
      top: lettersOfDirection(direction(axes.down, -1)),
    }
  }
  const values = [image.patientOrientation[0] ?? '', image.patientOrientation[1] ?? ''].map((value) =>
    value.trim().toUpperCase(),
  )
  const quadruped = values.some((value) => /[^APLRHF]/.test(value))
  const alongRow = described(values[0] ?? '', quadruped)
  const alongColumn = described(values[1] ?? '', quadruped)
  const side = ([column, row]: readonly [number, number], ahead: boolean) => {
    const named = Math.abs(column) >= Math.abs(row) ? alongRow : alongColumn
    const step = Math.abs(column) >= Math.abs(row) ? column : row
    return step > 0 === ahead ? named.ahead : named.behind
  }
  return {
    right: side(axes.right, true),
    left: side(axes.right, false),
    bottom: side(axes.down, true),
    top: side(axes.down, false),
  }
}
