import { defineConfig } from '@playwright/test'

/**
 * One project a suite. One worker: the machine's two cores belong to the workstation, the browser and the peer.
 * The browser is the system's (e2e/browser); nothing is downloaded.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: 'browser', testMatch: '*.spec.ts', testIgnore: ['*/*.spec.ts'] },
    { name: 'conformance', testMatch: 'conformance/*.spec.ts', timeout: 180_000 },
    { name: 'crash', testMatch: 'crash/*.spec.ts', timeout: 600_000 },
    { name: 'corpus', testMatch: ['corpus/*.spec.ts', 'hostile/*.spec.ts'], timeout: 300_000 },
  ],
})
