import { RefreshCw } from 'lucide-react'
import { create } from 'zustand'
import { useConnection } from '../api/connection.ts'
import { isOutdated, ownEntry } from '../api/isOutdated.ts'
import { showToast } from '../ui/toast.ts'
import { useNavigation } from './navigation.ts'
import { hasEdits } from './unsavedEdits.ts'

const RELOADED_KEY = 'negatoscope.reloaded'
const AGAIN_MS = 500

/** Whether this page is of another version than the workstation. */
export const useOutdated = create<{ outdated: boolean }>(() => ({ outdated: false }))

/** A part of the page could not be fetched, and the page that it belongs to stands empty. */
let isStuck = false

/** Looks whenever a lost connection comes back. Called once. */
export function followVersion(): void {
  if (takeReloaded() !== undefined)
    showToast({ message: 'The workstation was updated. The page was loaded again.', icon: RefreshCw })
  useConnection.subscribe(({ generation }, before) => {
    if (generation !== before.generation && generation > 1) void look()
  })
}

/** Fetches a part of the page; where it is there no more, because the workstation has another version now, that is found out. */
export async function loadPart<Part>(load: () => Promise<Part>, leavesEmpty = false): Promise<Part> {
  try {
    return await load()
  } catch (error) {
    isStuck ||= leavesEmpty
    void look()
    throw error
  }
}

async function look(): Promise<void> {
  const isKnown = () => useOutdated.getState().outdated
  // Two parts that could not be fetched ask at once.
  if (isKnown() || !(await isOutdated()) || isKnown()) return
  useOutdated.setState({ outdated: true })
  // One that came like this is not loaded again and again.
  if (reloadedFrom === ownEntry()) return
  const timer = setInterval(() => {
    if (!isFree()) return
    // A second one would break off the first, which may take its time.
    clearInterval(timer)
    reload()
  }, AGAIN_MS)
}

/** Nothing is looked at, typed or chosen that a reload would take away. */
function isFree(): boolean {
  const { page } = useNavigation.getState()
  if (page === 'viewer') return isStuck
  return page === 'studies' && !hasEdits() && document.querySelector('[role="dialog"], [role="alertdialog"]') === null
}

function reload(): void {
  try {
    sessionStorage.setItem(RELOADED_KEY, ownEntry())
  } catch {
    // Without room to remember it would go on for ever.
    return
  }
  location.reload()
}

let reloadedFrom: string | undefined

function takeReloaded(): string | undefined {
  try {
    reloadedFrom = sessionStorage.getItem(RELOADED_KEY) ?? undefined
    sessionStorage.removeItem(RELOADED_KEY)
  } catch {
    // Nothing is remembered here, and nothing was.
  }
  return reloadedFrom
}
