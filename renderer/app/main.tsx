import '../theme/fonts.css'
import '../theme/tokens.css'
import '../theme/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { keepConnected } from '../api/connection.ts'
import { queryClient } from '../api/queryClient.ts'
import { App } from './App.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { followVersion } from './outdatedPage.ts'

void keepConnected()
followVersion()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>
            <App />
          </Tooltip.Provider>
        </QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  )
}
