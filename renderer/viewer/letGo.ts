import { forgetStudies } from './forgetStudies.ts'
import { frames } from './session.ts'

/** Who looks something up on another page comes back to pictures; who is done does not pay for them. */
const AWAY_MS = 5000

let away: ReturnType<typeof setTimeout> | undefined

/** Somebody reads until the returned function is called; soon after that the pictures are let go. */
export function holdPictures(): () => void {
  clearTimeout(away)
  return () => {
    away = setTimeout(() => {
      frames.release()
      forgetStudies()
    }, AWAY_MS)
  }
}
