import { defineConfig } from '@playwright/test'
import { find } from './e2e/run/debianPackages.ts'
import { keepCompiled } from './e2e/run/keepCompiled.ts'

const executablePath = find('chromium')
keepCompiled()

/**
 * One project a suite. Two workers where half of the time is spent waiting; a file's tests stay with one of them.
 * The browser is the system's; nothing is downloaded. As root, Chromium's own sandbox cannot start.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 3,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // One, and said as FLAKY in the summary: a shared machine that pauses for seconds must not look like a defect.
  retries: process.env.CI ? 1 : 0,
  // These only end what hangs.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: {
      chromiumSandbox: process.getuid?.() !== 0,
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  projects: [
    { name: 'browser', testMatch: /e2e[\\/][^\\/]+\.spec\.ts$/, workers: 2 },
    // Each test has a workstation and a peer of its own, and waits for both to start.
    { name: 'conformance', testMatch: 'conformance/*.spec.ts', timeout: 300_000, workers: 3, fullyParallel: true },
    // An image that was lost is not found by asking again: see e2e/run/unforgiven.ts.
    { name: 'crash', testMatch: 'crash/*.spec.ts', timeout: 600_000, workers: 1 },
    { name: 'corpus', testMatch: ['corpus/*.spec.ts', 'hostile/*.spec.ts'], timeout: 180_000, workers: 2 },
  ],
})
