import { create } from 'zustand'
import type { Order } from '#shared/contract/order.ts'
import type { Draft } from './draft.ts'

export interface Editing {
  /** The request that is edited; a new one where there is none. */
  order?: Order
  /** What was typed before, brought back. */
  draft?: Draft
}

/** Outlives the page, so that what was discarded can be brought back from another one. */
export const useEditing = create<{ editing: Editing | undefined }>(() => ({ editing: undefined }))

export const edit = (editing: Editing | undefined): void => useEditing.setState({ editing })
