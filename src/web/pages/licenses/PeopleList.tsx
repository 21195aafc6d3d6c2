import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mostAtOnce } from '../../../features/licenses/rules.ts'
import { type Role, rolesOf } from '../../../kernel/permissions.ts'
import { usePagedList } from '../../query.ts'
import { DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { type OneTimePassword, PasswordOnceDialog } from '../users/PasswordOnceDialog.tsx'
import { ManageLicensesDialog } from './ManageLicensesDialog.tsx'
import { pathOf, type PeopleAccess, type Person, PersonShape } from './people.ts'
import { PersonActDialog } from './PersonActDialog.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { PersonRolesDialog } from './PersonRolesDialog.tsx'
import { type Asked, usePersonActions, useReasons } from './usePersonActions.ts'
import { usePeopleColumns } from './usePeopleColumns.tsx'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

/**
 * A customer's users with their licenses, and all that can be done with them. `adding` opens the form for a new one, which the
 * page's primary action asks for.
 */
export function PeopleList({
  access,
  href,
  adding,
  onAdding,
}: {
  access: PeopleAccess
  /** The page's address with one of its tabs. */
  href: (tab: 'active' | 'deleted') => string
  adding: boolean
  onAdding: (adding: boolean) => void
}) {
  const { t } = useTranslation(['licenses', 'common', 'refusals', 'users'])
  const { customer, may } = access
  const [url, setUrl] = useUrlState({ tab: ['active', 'deleted'], search: '', role: ['', ...rolesOf.customer] })
  const params = { tab: url.tab, search: url.search, role: url.role }
  const list = usePagedList(`${pathOf(customer.id)}/users`, PersonShape, params)
  const columns = usePeopleColumns(url.tab)
  const [asked, setAsked] = useState<Asked>()
  const [once, setOnce] = useState<OneTimePassword>()
  const [selected, setSelected] = useState<ReadonlyMap<string, Person>>(new Map())
  const reasonOf = useReasons()
  const actionsOn = usePersonActions(access, setAsked)
  const close = () => setAsked(undefined)
  const show = (password: OneTimePassword) => {
    close()
    onAdding(false)
    setOnce(password)
  }
  const select = (keys: ReadonlySet<string>) => {
    const known = new Map([...selected, ...list.rows.map((row) => [row.id, row] as const)])
    setSelected(new Map([...keys].flatMap((key) => (known.has(key) ? [[key, known.get(key) as Person]] : []))))
  }
  const fresh = (person: Person) => list.rows.find(({ id }) => id === person.id) ?? person
  return (
    <>
      <LinkTabs
        label={t('tab.label')}
        current={url.tab}
        tabs={(['active', 'deleted'] as const).map((tab) => ({ key: tab, label: t(`tab.${tab}`), href: href(tab) }))}
      />
      <DataList
        name={`people-${url.tab}`}
        label={t('list', { customer: customer.name })}
        list={list}
        columns={columns}
        rowKey={(person) => person.id}
        rowLabel={(person) => person.name}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={
          url.role === ''
            ? []
            : [
                {
                  key: 'role',
                  label: t('filter.roleChip', { role: t(`common:role.${url.role as Role}`) }),
                  onRemove: () => setUrl({ role: '' }),
                },
              ]
        }
        onClearFilters={() => setUrl({ search: '', role: '' })}
        filterControls={
          <FilterSelect
            label={t('filter.role')}
            value={url.role}
            options={[
              { value: '', label: t('filter.anyRole') },
              ...rolesOf.customer.map((role) => ({ value: role, label: t(`common:role.${role}`) })),
            ]}
            onChoose={(value) => setUrl({ role: value })}
          />
        }
        rowActions={actionsOn}
        {...(url.tab === 'active' && {
          selection: { selected: new Set(selected.keys()), onChange: select },
          bulkActions: [
            {
              key: 'manage',
              label: t('manage'),
              onPress: () => setAsked({ what: 'licenses', people: [...selected.values()] }),
              disabledBecause:
                reasonOf(may.assignLicenses) ??
                (selected.size > mostAtOnce ? t('barred.tooMany', { most: mostAtOnce }) : undefined),
            },
          ],
        })}
        empty={
          url.tab === 'deleted' ? (
            <EmptyState picture="people" title={t('empty.deleted')}>
              {t('empty.deletedBody')}
            </EmptyState>
          ) : (
            <EmptyState
              picture="people"
              title={t('empty.title')}
              actions={may.manage === null && <Button onClick={() => onAdding(true)}>{t('add')}</Button>}
            >
              {t('empty.body')}
            </EmptyState>
          )
        }
      />
      {adding && <PersonDialog access={access} onAdded={show} onClose={() => onAdding(false)} />}
      {asked?.what === 'edit' && <PersonDialog access={access} person={asked.person} onAdded={show} onClose={close} />}
      {asked?.what === 'roles' && <PersonRolesDialog access={access} person={asked.person} onClose={close} />}
      {asked?.what === 'licenses' && (
        <ManageLicensesDialog
          customerId={customer.id}
          people={asked.people.map(fresh)}
          onEdit={(userId) => {
            const person = asked.people.find(({ id }) => id === userId)
            if (person) setAsked({ what: 'edit', person: fresh(person) })
          }}
          onClose={() => {
            close()
            setSelected(new Map())
          }}
        />
      )}
      {asked?.what === 'act' && (
        <PersonActDialog
          act={asked.act}
          customerId={customer.id}
          person={asked.person}
          onPassword={show}
          onClose={close}
        />
      )}
      {once && <PasswordOnceDialog shown={once} onClose={() => setOnce(undefined)} />}
    </>
  )
}
