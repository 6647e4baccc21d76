import { defineConfig } from 'vitest/config'
import { keepCompiled } from './e2e/run/keepCompiled.ts'
import { TestLog } from './e2e/run/testLog.ts'

keepCompiled()

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,e2e}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Workstations of their own run as built.
    globalSetup: 'e2e/run/builtHost.ts',
    // What is waited for comes as soon as it can; these only end what hangs. A shared machine may stand still for seconds.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    // As in playwright.config.ts.
    retry: process.env.CI ? 1 : 0,
    // `npm test` reads what it writes.
    ...(process.env.VITEST_LOG ? { reporters: ['dot', new TestLog(process.env.VITEST_LOG)] } : {}),
    pool: 'forks',
    // Most of them wait for sockets, disks and timers: two workers leave half of two cores idle.
    maxWorkers: 4,
    // See docs/adr/0008: threads that come and go with WebAssembly end the process on processors with protection keys.
    execArgv: ['--no-memory-protection-keys', '--expose-gc'],
    // The contrast test reads the theme's own file.
    css: { include: /tokens\.css/ },
  },
})
