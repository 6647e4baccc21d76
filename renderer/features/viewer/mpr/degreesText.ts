/** Less is a rounding. */
const LEAST = 0.05

export const isTurned = (degrees: number) => Math.abs(degrees) >= LEAST

export const degreesText = (degrees: number) => `${degrees.toFixed(1).replace('-', '−')}°`
