import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type Connection, connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'

export { expect }

export interface Fixtures {
  /** A folder that goes away with the test. */
  folder: string
  /** A headless host of the test's own, listening. */
  workstation: Workstation
  /** The same contract that the page speaks, to arrange and to look behind the page. */
  connection: Connection
  /** What the page complained of; a test that ends with any fails. */
  complaints: string[]
}

/** Tests of the real page: each with a workstation of its own, in the system's Chromium. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
  folder: async ({}, use) => {
    using folder = temporaryFolder()
    await use(folder.path)
  },
  workstation: async ({ folder }, use) => {
    await using workstation = await startWorkstation({ dataFolder: join(folder, 'data') })
    await use(workstation)
  },
  connection: async ({ workstation }, use) => {
    using connection = await connect(workstation.url)
    await use(connection)
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        // The network's own failures are what some tests are about; what the page makes of them is asserted there.
        const isOfNetwork = /^(Failed to load resource|WebSocket connection to)/.test(message.text())
        if (message.type() === 'error' && !isOfNetwork) complaints.push(message.text())
      })
      await use(complaints)
      expect(complaints, 'errors in the page').toEqual([])
    },
    { auto: true },
  ],
})
