import { Button, Checkbox, makeStyles } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { directoryServices } from '../../../features/program/rules.ts'
import { DirectoryProfile } from '../../../features/program/wire.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { useGo } from '../../ui/AppLink.tsx'
import { CheckField, FieldRow, FieldSet, FormBox, FormButtons, TextAreaField, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorPage } from '../../ui/problem-pages.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useLeaveGuard } from '../../ui/useLeaveGuard.tsx'
import { useWrite } from '../../ui/useWrite.ts'

const Saved = z.object({ version: z.number() })

/** The operator writes a provider's entry in the directory. */
export function EditDirectoryProfilePage() {
  const { providerId = '' } = useParams({ strict: false }) as { providerId?: string }
  const { data, error, refetch } = useRead(`/portal/v1/directory/${providerId}`, DirectoryProfile)
  if (data) return <EditForm profile={data} />
  return error ? <ErrorPage error={error} reset={() => void refetch()} /> : <PageSkeleton />
}

const useStyles = makeStyles({ services: { display: 'flex', flexWrap: 'wrap', gap: '0 16px' } })

function EditForm({ profile }: { profile: DirectoryProfile }) {
  const styles = useStyles()
  const { t } = useTranslation('program')
  const go = useGo()
  const back = links.directoryProfile(profile.providerId)
  const saving = useWrite('/portal/v1/directory', '/portal/v1/organizations')
  const form = useForm({
    initial: {
      listed: profile.listed,
      notListedReason: profile.notListedReason,
      descriptionEn: profile.descriptionEn,
      descriptionTr: profile.descriptionTr,
      services: profile.services as readonly string[],
      website: profile.website,
      contactEmail: profile.contactEmail,
      contactPhone: profile.contactPhone,
      representativeName: profile.representative?.name ?? '',
      representativeEmail: profile.representative?.email ?? '',
      representativePhone: profile.representative?.phone ?? '',
    },
    check: (values) => requireAll(values, ['representativeName', 'representativeEmail']),
    onSubmit: (values) => void save(values),
  })
  const guard = useLeaveGuard(form.dirty && !saving.busy)

  const save = async (values: typeof form.values) => {
    const done = await saving.send({
      method: 'PUT',
      path: `/portal/v1/directory/${profile.providerId}`,
      body: { ...values, version: profile.version },
      reply: Saved,
    })
    if (!done) return
    form.reset(values)
    toast({ text: t('edit.saved') })
    // After the form counts as saved, so that nobody is asked whether to leave.
    setTimeout(() => go(back))
  }
  const labels = {
    listed: t('edit.listed'),
    notListedReason: t('edit.notListedReason'),
    descriptionEn: t('edit.descriptionEn'),
    descriptionTr: t('edit.descriptionTr'),
    services: t('edit.services'),
    website: t('edit.website'),
    contactEmail: t('edit.contactEmail'),
    contactPhone: t('edit.contactPhone'),
    representativeName: t('edit.representativeName'),
    representativeEmail: t('edit.representativeEmail'),
    representativePhone: t('edit.representativePhone'),
  }
  return (
    <Page
      title={t('edit.title')}
      breadcrumb={[
        { label: t('directory.operatorTitle'), href: links.directory() },
        { label: profile.name, href: back },
      ]}
      narrow
    >
      {guard}
      <Section>
        <FormBox form={form} labels={labels} label={t('edit.title')} error={saving.error}>
          <FieldSet legend={t('edit.listing')}>
            <CheckField form={form} name="listed" label={labels.listed} />
            {!form.values.listed && (
              <TextField
                form={form}
                name="notListedReason"
                label={labels.notListedReason}
                hint={t('edit.notListedReasonHint')}
                maxLength={500}
              />
            )}
            <TextAreaField form={form} name="descriptionEn" label={labels.descriptionEn} rows={4} maxLength={2000} />
            <TextAreaField form={form} name="descriptionTr" label={labels.descriptionTr} rows={4} maxLength={2000} />
          </FieldSet>
          <FieldSet legend={t('edit.services')}>
            <div className={styles.services}>
              {directoryServices.map((service) => (
                <Checkbox
                  key={service}
                  label={t(`service.${service}`)}
                  checked={form.values.services.includes(service)}
                  onChange={(_, { checked }) =>
                    form.set(
                      'services',
                      directoryServices.filter((one) =>
                        one === service ? checked === true : form.values.services.includes(one),
                      ),
                    )
                  }
                />
              ))}
            </div>
          </FieldSet>
          <FieldSet legend={t('edit.contact')}>
            <TextField form={form} name="website" label={labels.website} type="url" inputMode="url" maxLength={200} />
            <FieldRow>
              <TextField form={form} name="contactEmail" label={labels.contactEmail} type="email" maxLength={254} />
              <TextField form={form} name="contactPhone" label={labels.contactPhone} type="tel" maxLength={30} />
            </FieldRow>
          </FieldSet>
          <FieldSet legend={t('edit.representative')}>
            <TextField
              form={form}
              name="representativeName"
              label={labels.representativeName}
              hint={t('edit.representativeHint')}
              required
              maxLength={100}
            />
            <FieldRow>
              <TextField
                form={form}
                name="representativeEmail"
                label={labels.representativeEmail}
                type="email"
                required
                maxLength={254}
              />
              <TextField
                form={form}
                name="representativePhone"
                label={labels.representativePhone}
                type="tel"
                maxLength={30}
              />
            </FieldRow>
          </FieldSet>
          <FormButtons>
            <SubmitButton state={saving.state}>{t('edit.save')}</SubmitButton>
            <Button onClick={() => go(back)}>{t('edit.cancel')}</Button>
          </FormButtons>
        </FormBox>
      </Section>
    </Page>
  )
}
