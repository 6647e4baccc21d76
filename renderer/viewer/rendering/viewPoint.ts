import { cross, turned, type Vector3 } from '#shared/imaging/vector.ts'

/** How the body is turned before whoever looks: what is right, and what is down. */
export interface Facing {
  right: Vector3
  down: Vector3
}

export const forwardOf = ({ right, down }: Facing): Vector3 => cross(right, down)

/** From each side of the body (PS3.3 C.7.6.2.1.1: x to the left, y to the back, z to the head). */
export const facings = {
  front: { right: [1, 0, 0], down: [0, 0, -1] },
  back: { right: [-1, 0, 0], down: [0, 0, -1] },
  left: { right: [0, 1, 0], down: [0, 0, -1] },
  right: { right: [0, -1, 0], down: [0, 0, -1] },
  head: { right: [-1, 0, 0], down: [0, 1, 0] },
  feet: { right: [1, 0, 0], down: [0, 1, 0] },
} as const satisfies Record<string, Facing>

/** Animals on four legs stand: from the left, the head to the left, the back up. */
export const standing: Record<keyof typeof facings, Facing> = {
  ...facings,
  front: { right: [1, 0, 0], down: [0, 0, -1] },
  left: { right: [0, 0, -1], down: [0, -1, 0] },
  right: { right: [0, 0, 1], down: [0, -1, 0] },
}

/** The body follows the hand: what is in front moves right and down, in radians. */
export function turnedBy({ right, down }: Facing, across: number, along: number): Facing {
  const once = turned(right, down, across)
  const twice = turned(down, once, -along)
  return { right: once, down: twice }
}
