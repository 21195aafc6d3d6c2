import { Button, Field, Input, Link, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VerifiedPartnerId } from '../../../features/partnerships/wire.ts'
import { api, asSent } from '../../api.ts'
import { links } from '../../links.ts'
import { announce } from '../../ui/announce.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { useErrorText } from '../../ui/errors.ts'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { media } from '../../ui/screen.ts'
import { useResellerChoices } from '../customers/customer.ts'
import { unverified } from '../new-subscription/order.ts'

const Verified = asSent<VerifiedPartnerId>()
const typing = 'typing'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  // A long reason in the list must not make the field wider than its place.
  field: { minWidth: 0, gridTemplateColumns: 'minmax(0, 1fr)' },
  control: {
    minWidth: 0,
    '& select': { width: '100%', minWidth: 0, textOverflow: 'ellipsis' },
    [media.phone]: { minHeight: '44px', '& select': { minHeight: '44px' } },
  },
  row: { display: 'flex', gap: '8px', alignItems: 'flex-end', flexWrap: 'wrap' },
  id: { flex: '1 1 160px', minWidth: 0 },
  back: { alignSelf: 'flex-start', fontSize: tokens.fontSizeBase200 },
})

/** A reseller that stands here already and may not be in the list any more. */
export interface CurrentReseller {
  readonly partnerId: string
  readonly label: string
}

/**
 * The reseller of a subscription: one of the active partnerships, none, or an MPN ID that is typed and verified first. Whoever
 * cannot be chosen stays in the list with the reason.
 *
 * @param value Partner id; empty for none; `unverified` while something typed is not verified, which must not be sent.
 */
export function ResellerPicker({
  id,
  label,
  hint,
  value,
  current,
  error,
  onChange,
}: {
  id?: string
  label: string
  hint?: string
  value: string
  current?: CurrentReseller | undefined
  error?: string | undefined
  onChange: (partnerId: string) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const choices = useResellerChoices() ?? []
  const [found, setFound] = useState<CurrentReseller>()
  const [entering, setEntering] = useState(value === unverified)
  const extra = [current, found].filter(
    (one, index, all) =>
      one !== undefined &&
      !choices.some(({ partnerId }) => partnerId === one.partnerId) &&
      all.findIndex((other) => other?.partnerId === one.partnerId) === index,
  )
  if (entering) {
    return (
      <EnterPartnerId
        label={label}
        error={error}
        onTyped={() => onChange(unverified)}
        onFound={(reseller) => {
          setFound(reseller)
          setEntering(false)
          onChange(reseller.partnerId)
        }}
        onBack={() => {
          setEntering(false)
          onChange(current?.partnerId ?? '')
        }}
      />
    )
  }
  return (
    <Field
      className={styles.field}
      label={label}
      hint={hint ?? t('reseller.hint')}
      {...(error ? { validationMessage: error, validationState: 'error' as const } : {})}
    >
      <Select
        {...(id ? { id } : {})}
        className={styles.control}
        value={value}
        onChange={(_, { value: chosen }) => {
          if (chosen === typing) setEntering(true)
          else onChange(chosen)
        }}
      >
        <option value="">{t('reseller.none')}</option>
        {extra.map(
          (one) =>
            one && (
              <option key={one.partnerId} value={one.partnerId}>
                {one.label}
              </option>
            ),
        )}
        {choices.map(({ resellerId, name, partnerId, selectable, reasonText }) => (
          <option key={resellerId} value={partnerId} disabled={!selectable && partnerId !== value}>
            {selectable ? `${name} (${partnerId})` : t('reseller.barred', { name, reason: reasonText ?? '' })}
          </option>
        ))}
        <option value={typing}>{t('reseller.notListed')}</option>
      </Select>
    </Field>
  )
}

/** Types an MPN ID and has the server say whose it is before it can be used. */
function EnterPartnerId({
  label,
  error,
  onTyped,
  onFound,
  onBack,
}: {
  label: string
  error?: string | undefined
  onTyped: () => void
  onFound: (reseller: CurrentReseller) => void
  onBack: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['orders', 'common'])
  const formats = useFormats()
  const errorText = useErrorText()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<VerifiedPartnerId>()
  const [problem, setProblem] = useState<string>()

  const verify = async () => {
    const partnerId = typed.trim()
    setAnswer(undefined)
    if (!/^[1-9]\d{3,17}$/.test(partnerId)) return setProblem(t('reseller.notANumber'))
    setBusy(true)
    setProblem(undefined)
    try {
      const found = await api.get(`/portal/v1/partner-ids/${partnerId}`, Verified)
      if (found.usable) {
        announce(t('reseller.verified', { name: found.legalName, country: formats.country(found.country) }))
        onFound({ partnerId, label: `${found.legalName} (${partnerId})` })
      } else setAnswer(found)
    } catch (failure) {
      setProblem(errorText(failure))
    } finally {
      setBusy(false)
    }
  }
  const message = problem ?? error
  return (
    <div className={styles.root} role="group" aria-label={label}>
      <div className={styles.row}>
        <Field
          className={styles.id}
          label={t('reseller.mpnId')}
          hint={t('reseller.mpnIdHint')}
          {...(message ? { validationMessage: message, validationState: 'error' as const } : {})}
        >
          <Input
            className={styles.control}
            value={typed}
            inputMode="numeric"
            maxLength={18}
            autoFocus
            autoComplete="off"
            onChange={(_, { value }) => {
              setTyped(value)
              setProblem(undefined)
              setAnswer(undefined)
              onTyped()
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              void verify()
            }}
            contentAfter={
              <Button size="small" appearance="transparent" disabledFocusable={busy} onClick={() => void verify()}>
                {t('reseller.verify')}
              </Button>
            }
          />
        </Field>
      </div>
      {answer && (
        <Notice
          tone="warning"
          live
          title={answer.legalName}
          actions={
            <>
              {answer.useInstead && (
                <Button size="small" onClick={() => setTyped(answer.useInstead ?? '')}>
                  {t('reseller.use', { partnerId: answer.useInstead })}
                </Button>
              )}
              {answer.reason === 'partnershipRequired' && (
                <AppLink href={links.requestPartnership()}>{t('reseller.requestPartnership')}</AppLink>
              )}
              {answer.reason === 'resellerAgreementMissing' && (
                <AppLink href={links.help('partner-agreement')}>{t('reseller.learnMore')}</AppLink>
              )}
            </>
          }
        >
          {answer.reasonText}
        </Notice>
      )}
      <Link as="button" className={styles.back} onClick={onBack}>
        {t('reseller.backToList')}
      </Link>
    </div>
  )
}
