import { useTranslation } from 'react-i18next'
import { asSent } from '../api.ts'
import { useRead } from '../query.ts'
import { useSession } from '../session.ts'
import { useFormats } from './formats.tsx'

const Admins = asSent<{ items: readonly { name: string }[] }>()

/** The global admins who can give a role. While they load, or when they cannot be read, only what they can do is said. */
export function WhoCanHelp() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { organization } = useSession()
  const { data } = useRead('/portal/v1/global-admins', Admins)
  const admins = data?.items ?? []
  return (
    <p>
      {t('error.whoCanHelpBody', { organization: organization.name })}
      {admins.length > 0 && (
        <>
          {' '}
          <strong>{t('error.whoCanHelp')}</strong>: {formats.list(admins.map((admin) => admin.name))}
        </>
      )}
    </p>
  )
}
