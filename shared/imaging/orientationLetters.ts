import { type AxisNames, axisNames, namedDirections, type OrientedSubject } from './anatomicalDirections.ts'
import type { FrameImage } from './instanceImage.ts'

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

/** PS3.3 C.7.6.1.1.1: letters of a direction in the patient (C.7.6.2.1.1), main axis first. */
export function lettersOfDirection(direction: Vector3, names: AxisNames): string {
  const size = Math.hypot(...direction)
  if (!(size > 0)) return ''
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

/** What each edge of the screen faces; '' where the file does not say. */
export function edgeLetters(subject: OrientedSubject, frame: Pick<FrameImage, 'plane'>, axes: ScreenAxes): EdgeLetters {
  const names = axisNames(subject)
  if (frame.plane && names) {
    const { rowDirection, columnDirection } = frame.plane
    const letters = ([column, row]: readonly [number, number], sign: 1 | -1) =>
      lettersOfDirection(
        [
          sign * (column * rowDirection[0] + row * columnDirection[0]),
          sign * (column * rowDirection[1] + row * columnDirection[1]),
          sign * (column * rowDirection[2] + row * columnDirection[2]),
        ],
        names,
      )
    return {
      right: letters(axes.right, 1),
      left: letters(axes.right, -1),
      bottom: letters(axes.down, 1),
      top: letters(axes.down, -1),
    }
  }
  const [alongRow, alongColumn] = namedDirections(subject)
  const side = ([column, row]: readonly [number, number], ahead: boolean) => {
    const isRow = Math.abs(column) >= Math.abs(row)
    const direction = isRow ? alongRow : alongColumn
    return (isRow ? column : row) > 0 === ahead ? direction.ahead : direction.behind
  }
  return {
    right: side(axes.right, true),
    left: side(axes.right, false),
    bottom: side(axes.down, true),
    top: side(axes.down, false),
  }
}
