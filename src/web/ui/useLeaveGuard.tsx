import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from './ConfirmDialog.tsx'

/**
 * Asks before the person leaves the page while `when` holds; put the returned dialog into the page. Changing the address within
 * the page (a wizard's step) is not leaving. The browser asks in its own words when the tab is closed.
 */
export function useLeaveGuard(when: boolean, words?: { title: string; body: string }): ReactNode {
  const { t } = useTranslation()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: when,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      title={words?.title ?? t('leave.title')}
      confirm={t('leave.leave')}
      cancel={t('leave.stay')}
      danger
      onConfirm={() => blocker.proceed()}
      onClose={() => blocker.reset()}
    >
      {words?.body ?? t('leave.body')}
    </ConfirmDialog>
  )
}
