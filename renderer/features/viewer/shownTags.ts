import { create } from 'zustand'

/** The instance whose tags are looked through. */
export const useShownTags = create<{ instanceId: number | undefined }>(() => ({ instanceId: undefined }))

export function showTags(instanceId: number | undefined): void {
  useShownTags.setState({ instanceId })
}
