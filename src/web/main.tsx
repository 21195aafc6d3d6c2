import { FluentProvider } from '@fluentui/react-components'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadStrings, startStrings } from './i18n.ts'
import { queryClient } from './query.ts'
import { createPortalRouter } from './routes.tsx'
import { sessionQuery } from './session.ts'
import { startTheme, useTheme } from './theme.ts'
import { Toasts } from './ui/Toasts.tsx'

const router = createPortalRouter()

function App() {
  return (
    <FluentProvider theme={useTheme().theme} style={{ minHeight: 'inherit' }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
        <div id="announcer" role="status" aria-live="polite" className="visually-hidden" />
      </QueryClientProvider>
    </FluentProvider>
  )
}

// Zod would try to compile code, which the content security policy forbids and the browser logs.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
// The session is asked for at once; theme and texts travel beside it. Its failure shows where the session is used.
queryClient.prefetchQuery(sessionQuery).catch(() => {})
await Promise.all([startTheme(), startStrings()])
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
  // Sentences for what may go wrong later; the server's own are in its answers.
  setTimeout(() => void loadStrings('refusals', 'fieldRules'), 300)
}
