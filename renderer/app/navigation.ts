import { create } from 'zustand'
import { isPractice } from '../api/practice.ts'
import { takeUpWindow } from './ownWindow.ts'
import { LIGHT_BOX_KEY, PLACE_KEY, rememberedPlace, rememberPlace } from './rememberedPlace.ts'

const pages = ['studies', 'viewer', 'frontdesk', 'transfers', 'servers', 'devices', 'settings'] as const
export type Page = (typeof pages)[number]

interface Navigation {
  page: Page
  /** What the viewer shows; `seriesId` is the one to show first. */
  viewer: { studyIds: number[]; seriesId?: number | undefined }
  /** The server that the editor selects when its page opens. */
  serverId: number | undefined
  /** The transfer that the transfers page selects when it opens. */
  transferId: string | undefined
  go(page: Page): void
  openStudies(studyIds: number[], seriesId?: number): void
  editServer(serverId: number): void
  /** The devices page shows its live log when it opens. */
  wantsLog: boolean
  showTransfer(transferId: string): void
  showLog(): void
}

/**
 * Asks before a page is left, where something there is not saved. Returns whether to stay; the guard calls `leave` itself
 * once the person has decided.
 */
export type LeaveGuard = (leave: () => void) => boolean

let guard: LeaveGuard | undefined

/** Returns how to take it away again. */
export function guardLeaving(ask: LeaveGuard): () => void {
  guard = ask
  return () => {
    if (guard === ask) guard = undefined
  }
}

export const useNavigation = create<Navigation>((set, get) => {
  const leave = (change: Partial<Navigation>) => {
    const apply = () => set(change)
    if (change.page === get().page || !guard?.(apply)) apply()
  }
  // A window that was opened for studies shows them; any other one begins where it was.
  const asked = takeUpWindow({ place: PLACE_KEY, lightBox: LIGHT_BOX_KEY })
  const { page, studyIds } = asked ? { page: 'viewer' as const, studyIds: asked.studyIds } : rememberedPlace()
  return {
    // Practice begins where the way of a request does.
    page: isPractice && studyIds.length === 0 ? 'frontdesk' : page,
    viewer: { studyIds, seriesId: asked?.seriesId },
    serverId: undefined,
    transferId: undefined,
    wantsLog: false,
    go: (page) => leave({ page }),
    openStudies: (studyIds, seriesId) => leave({ page: 'viewer', viewer: { studyIds, seriesId } }),
    editServer: (serverId) => leave({ page: 'servers', serverId }),
    showLog: () => leave({ page: 'devices', wantsLog: true }),
    showTransfer: (transferId) => leave({ page: 'transfers', transferId }),
  }
})

useNavigation.subscribe(({ page, viewer }) => rememberPlace(page, viewer.studyIds))
