import { useEffect, useState } from 'react'
import { activeTile } from '../../viewer/session.ts'

/** Nobody looks at an empty frame for longer, however long the picture takes. */
const LATEST_MS = 80

/** False until the picture is on the screen: what stands around it, its bar and lists, takes longer to set up than itself. */
export function useFurnished(): boolean {
  const [furnished, setFurnished] = useState(false)
  useEffect(() => {
    const furnish = () => setFurnished(true)
    const latest = setTimeout(furnish, LATEST_MS)
    let next = requestAnimationFrame(look)
    function look() {
      if (/shown|message/.test(activeTile().state.status)) furnish()
      else next = requestAnimationFrame(look)
    }
    return () => {
      clearTimeout(latest)
      cancelAnimationFrame(next)
    }
  }, [])
  return furnished
}
