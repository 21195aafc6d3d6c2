import { Button } from '@fluentui/react-components'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rolesHolding } from '../../kernel/permissions.ts'
import type { Permission } from '../../kernel/permissions.ts'
import { ApiRefusal } from '../api.ts'
import { links } from '../links.ts'
import { useMaybeSession } from '../session.ts'
import { ActionButton } from './actions.tsx'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import { useFormats } from './formats.tsx'
import { Page } from './Page.tsx'
import { WhoCanHelp } from './WhoCanHelp.tsx'

/** Unknown address, or somebody else's record: the same answer, so that nobody learns what exists elsewhere. */
export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('error.notFoundTitle')}>
      <EmptyState
        picture="search"
        title={t('error.notFoundBody')}
        actions={
          <ActionButton appearance="primary" action={{ key: 'home', label: t('error.home'), href: links.home() }} />
        }
      />
    </Page>
  )
}

/** The person's roles do not open this page: which role would, and who can give it. */
export function ForbiddenPage({ permissions }: { permissions: readonly Permission[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const session = useMaybeSession()
  const kind = session?.organization.kind
  const roles = kind ? [...new Set(permissions.flatMap((permission) => rolesHolding(permission, kind)))] : []
  const names = formats.list(roles.map((role) => t(`role.${role}`)))
  const own = session?.roles.map((role) => t(`role.${role}`)) ?? []
  return (
    <Page title={t('error.forbiddenTitle')}>
      <EmptyState
        picture="lock"
        title={names ? t('error.forbiddenBody', { roles: names }) : t('error.forbiddenNoRoles')}
        actions={<ActionButton action={{ key: 'home', label: t('error.home'), href: links.home() }} />}
      >
        <p>{t('error.forbiddenYours', { roles: own.length > 0 ? formats.list(own) : t('role.none') })}</p>
        {session && <WhoCanHelp />}
      </EmptyState>
    </Page>
  )
}

/** A page that could not be shown. Missing files mean that the program was updated meanwhile. */
export function ErrorPage({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const missingFile = error instanceof TypeError && /dynamically imported|module script|preload/i.test(error.message)
  if (error instanceof ApiRefusal && error.status === 404) return <NotFoundPage />
  return (
    <Page title={t('error.title')}>
      {missingFile ? (
        <EmptyState
          picture="trouble"
          title={t('error.newVersion')}
          actions={
            <Button appearance="primary" onClick={() => location.reload()}>
              {t('error.reload')}
            </Button>
          }
        />
      ) : (
        <ErrorState
          error={error}
          onRetry={() => {
            reset?.()
            void router.invalidate()
          }}
        />
      )}
    </Page>
  )
}
