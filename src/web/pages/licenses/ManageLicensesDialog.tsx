import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePagedList } from '../../query.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBar, ErrorState } from '../../ui/ErrorState.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { AssignedResult } from './AssignedResult.tsx'
import { changesOf, type Choice, choiceOf } from './choices.ts'
import { AssignedShape, type AssignedLicenses, keyOf, pathOf, type Person, ProductShape } from './people.ts'
import { ProductChoice } from './ProductChoice.tsx'

/** Gives, takes and switches licenses of the chosen users, and then lists what became of it for each. */
export function ManageLicensesDialog({
  customerId,
  people,
  onEdit,
  onClose,
}: {
  customerId: string
  people: readonly Person[]
  /** Somebody has no usage location: the form to set it. */
  onEdit: (userId: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['licenses', 'common'])
  const base = pathOf(customerId)
  const list = usePagedList(`${base}/licenses`, ProductShape, { size: 200 })
  const writer = useWrite(`${base}/users`, `${base}/licenses`)
  const [chosen, setChosen] = useState<ReadonlyMap<string, Choice>>(new Map())
  const [result, setResult] = useState<AssignedLicenses>()
  const title = t('assign.title', { count: people.length, name: people[0]?.name ?? '' })
  if (result) {
    return <AssignedResult result={result} onEdit={onEdit} onClose={onClose} title={title} />
  }

  const licenses = list.rows.flatMap((product) => changesOf(product, chosen.get(keyOf(product)), people))
  const write = {
    method: 'POST',
    path: `${base}/license-assignments`,
    body: { userIds: people.map(({ id }) => id), licenses },
  } as const
  const save = async () => {
    const answer = await writer.send({ ...write, reply: AssignedShape })
    if (answer) setResult(answer.reply)
  }
  return (
    <DialogBox
      wide
      title={title}
      busy={writer.busy}
      onClose={onClose}
      actions={
        <>
          <SubmitButton
            state={writer.state}
            disabledBecause={licenses.length === 0 ? t('assign.noChange') : undefined}
            onPress={() => void save()}
          >
            {t('assign.submit')}
          </SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.cancel')}
          </Button>
        </>
      }
    >
      {people.length > 1 && <p style={{ margin: 0 }}>{t('assign.lead')}</p>}
      <ErrorBar error={writer.error} />
      {list.error ? (
        <ErrorState error={list.error} onRetry={list.retry} />
      ) : list.isLoading ? (
        <BlockSkeleton />
      ) : list.rows.length === 0 ? (
        <EmptyState title={t('assign.nothing')}>{t('assign.nothingBody')}</EmptyState>
      ) : (
        <>
          {list.rows.map((product) => (
            <ProductChoice
              key={keyOf(product)}
              customerId={customerId}
              product={product}
              people={people}
              choice={chosen.get(keyOf(product)) ?? choiceOf(product, people)}
              onChoose={(choice) => setChosen(new Map(chosen).set(keyOf(product), choice))}
            />
          ))}
          {list.hasMore && (
            <div>
              <Button onClick={list.loadMore}>{t('common:list.more')}</Button>
            </div>
          )}
          <div>
            <ApiCallButton write={write} />
          </div>
        </>
      )}
    </DialogBox>
  )
}
