import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePagedList } from '../../query.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { keyOf, pathOf, ProductShape, SavedShape, type SavedUpload } from './people.ts'

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '720px' },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '16px' },
  tick: { flex: '1 1 260px', minWidth: 0 },
  muted: { margin: 0, color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

/** A checked list: which licenses everybody gets, and Save. */
export function SaveList({
  customerId,
  uploadId,
  rows,
  onSaved,
}: {
  customerId: string
  uploadId: string
  rows: number
  onSaved: (saved: SavedUpload) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('licenses')
  const base = pathOf(customerId)
  const products = usePagedList(`${base}/licenses`, ProductShape, { size: 200 })
  const writer = useWrite(`${base}/users`, `${base}/licenses`)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const licenses = products.rows
    .filter((product) => chosen.has(keyOf(product)))
    .map(({ productId, skuId }) => ({ productId, skuId }))
  const write = { method: 'POST', path: `${base}/user-uploads/${uploadId}/save`, body: { licenses } } as const
  const save = async () => {
    const answer = await writer.send({ ...write, reply: SavedShape })
    if (answer) onSaved(answer.reply)
  }
  return (
    <Section title={t('uploading.licenses')}>
      <div className={styles.stack}>
        <Notice tone="success" live>
          {t('uploading.good', { count: rows })}
        </Notice>
        <p className={styles.muted}>
          {products.rows.length === 0 && !products.isLoading ? t('uploading.noLicenses') : t('uploading.licensesHint')}
        </p>
        <div role="group" aria-label={t('uploading.licenses')}>
          {products.rows.map((product) => (
            <div key={keyOf(product)} className={styles.line}>
              <Checkbox
                className={styles.tick}
                label={product.title}
                checked={chosen.has(keyOf(product))}
                onChange={(_, { checked }) => {
                  const next = new Set(chosen)
                  if (checked === true) next.add(keyOf(product))
                  else next.delete(keyOf(product))
                  setChosen(next)
                }}
              />
              <span className={styles.muted}>
                {product.available === 0
                  ? t('assign.none')
                  : t('assign.available', { count: product.available, owned: product.owned })}
              </span>
            </div>
          ))}
        </div>
        <ErrorBar error={writer.error} />
        <div className={styles.buttons}>
          <SubmitButton state={writer.state} onPress={() => void save()}>
            {t('uploading.save', { count: rows })}
          </SubmitButton>
          <ApiCallButton write={write} />
        </div>
      </div>
    </Section>
  )
}
