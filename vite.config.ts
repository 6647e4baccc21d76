import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('./renderer', import.meta.url)),
  // The same bundle is served by http:// (headless) and app:// (desktop), each at its own path.
  base: './',
  plugins: [react()],
  resolve: {
    // vtk.js reaches xmlbuilder2, which imports Node's `events` and `url`. Left external, the built page dies when it loads:
    // "Class extends value undefined is not a constructor".
    alias: { events: 'events/', url: 'url/' },
    dedupe: ['@cornerstonejs/core', '@cornerstonejs/metadata', 'react', 'react-dom'],
  },
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('./dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome140',
    // The content security policy allows no data: fonts and scripts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8000,
    modulePreload: { polyfill: false },
  },
})
