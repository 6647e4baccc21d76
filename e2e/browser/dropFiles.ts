import type { Page } from '@playwright/test'

/**
 * Drags files and folders of the disk onto the window and lets them go, as the desktop does: the browser itself makes the
 * events and opens the folders.
 */
export async function dropFiles(page: Page, paths: string[], beforeDrop: () => Promise<void> = async () => {}) {
  const session = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 }
  const at = { x: width / 2, y: height / 2, data: { items: [], files: paths, dragOperationsMask: 1 } }
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at })
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
  await beforeDrop()
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at })
  await session.detach()
}
