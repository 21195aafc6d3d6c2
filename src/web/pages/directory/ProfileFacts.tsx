import { Link, makeStyles, Tag, TagGroup } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { DirectoryProfile } from '../../../features/program/wire.ts'
import { currentLanguage } from '../../i18n.ts'
import { FactList } from '../../ui/FactList.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Section } from '../../ui/Page.tsx'

const useStyles = makeStyles({
  about: { margin: '0 0 16px', maxWidth: '720px', lineHeight: '22px', whiteSpace: 'pre-line' },
  services: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

/** A provider as the directory shows it; the provider itself sees the same. `named` where the page is not called like it. */
export function ProfileFacts({ profile, named = false }: { profile: DirectoryProfile; named?: boolean }) {
  const styles = useStyles()
  const { t } = useTranslation('program')
  const formats = useFormats()
  const description = currentLanguage() === 'tr' ? profile.descriptionTr : profile.descriptionEn
  const { line1, line2, city, state, postalCode, country } = profile.address
  const address = [line1, line2, [postalCode, city].filter(Boolean).join(' '), state, formats.country(country)]
  return (
    <>
      <Section title={named ? profile.name : t('entry.about')}>
        <p className={styles.about}>{description || t('entry.noDescription')}</p>
        {profile.services.length > 0 ? (
          <TagGroup className={styles.services} aria-label={t('entry.services')} role="list">
            {profile.services.map((service) => (
              <Tag key={service} appearance="brand" size="small" role="listitem">
                {t(`service.${service}`)}
              </Tag>
            ))}
          </TagGroup>
        ) : (
          t('entry.noServices')
        )}
      </Section>
      <Section title={t('entry.contact')}>
        <FactList
          facts={[
            {
              label: t('entry.email'),
              value: profile.contactEmail && (
                <Link href={`mailto:${profile.contactEmail}`}>{profile.contactEmail}</Link>
              ),
            },
            {
              label: t('entry.phone'),
              value: profile.contactPhone && (
                <Link href={`tel:${profile.contactPhone.replaceAll(/[^+\d]/g, '')}`}>{profile.contactPhone}</Link>
              ),
            },
            {
              label: t('entry.website'),
              value: profile.website && (
                <Link href={profile.website} target="_blank" rel="noreferrer">
                  {profile.website.replace(/^https?:\/\//, '')}
                </Link>
              ),
            },
          ]}
        />
      </Section>
      <Section title={t('entry.location')}>
        <FactList
          facts={[
            { label: t('entry.legalName'), value: profile.legalName },
            { label: t('entry.address'), value: address.filter(Boolean).join(', ') },
            { label: t('entry.region'), value: profile.regionName },
            {
              label: t('entry.mpnId'),
              value: profile.partnerId && <IdText id={profile.partnerId} name={t('entry.mpnId')} />,
            },
          ]}
        />
      </Section>
    </>
  )
}
