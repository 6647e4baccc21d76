import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,e2e}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // As in playwright.config.ts.
    retry: process.env.CI ? 1 : 0,
    pool: 'forks',
    // Most of them wait for sockets, disks and timers.
    maxWorkers: 2,
    // See docs/adr/0008: threads that come and go with WebAssembly end the process on processors with protection keys.
    execArgv: ['--no-memory-protection-keys'],
    // The contrast test reads the theme's own file.
    css: { include: /tokens\.css/ },
  },
})
