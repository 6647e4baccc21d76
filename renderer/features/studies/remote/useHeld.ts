import { useEffect, useState } from 'react'

/**
 * While answers stream in, and after that while the pointer is over them, rows stay where they came: nobody aims at one
 * and hits another.
 */
export function useHeld(isRunning: boolean, isPointedAt: boolean): { held: boolean; release(): void } {
  const [held, setHeld] = useState(isRunning)
  useEffect(() => {
    if (isRunning) setHeld(true)
    else if (!isPointedAt) setHeld(false)
  }, [isRunning, isPointedAt])
  return { held: held || isRunning, release: () => setHeld(false) }
}
