import { useEffect, useState } from 'react'

/**
 * The value, once what else it changed is on the screen: for what follows it and takes longer to set up. Whoever goes on
 * at once, as with the second click of two, does not wait for that.
 */
export function useAfterPaint<Value>(value: Value): Value {
  const [late, setLate] = useState(value)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    // A frame of the screen is drawn after its callbacks.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setLate(value))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [value])
  return late
}
