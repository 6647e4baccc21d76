/** 0..length-1, the nearest to `start` first: start, start+1, start-1, start+2 ... */
export function outward(length: number, start: number): number[] {
  const order: number[] = []
  for (let step = 0; order.length < length; step++) {
    const after = start + step
    const before = start - step
    if (after >= 0 && after < length) order.push(after)
    if (step > 0 && before >= 0 && before < length) order.push(before)
    if (step > 2 * length + Math.abs(start)) break
  }
  return order
}
