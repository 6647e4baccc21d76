import { createContext, useContext } from 'react'

/**
 * Where menus and tooltips are mounted. A modal dialog stands in the browser's top layer and makes the rest of the page
 * inert, so what opens inside a dialog is mounted inside it.
 */
export const PortalContainer = createContext<HTMLElement | null>(null)

export function usePortalContainer(): HTMLElement | null {
  return useContext(PortalContainer)
}
