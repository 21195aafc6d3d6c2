import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { InvitationDraft } from '../../../features/partnerships/wire.ts'
import { api, ApiRefusal } from '../../api.ts'
import { refresh } from '../../query.ts'
import { newId } from '../../ui/useWrite.ts'
import { invitationsPath } from './paths.ts'

export type DraftLanguage = 'en' | 'tr'

/** What a reload of this tab needs in order to show the same request again instead of making another. */
interface Kept {
  readonly requestId: string
  readonly language: DraftLanguage
  readonly id?: string
}

const keptAs = 'kanal.partnershipRequest'

function readKept(): Kept | undefined {
  const text = sessionStorage.getItem(keptAs)
  return text ? (JSON.parse(text) as Kept) : undefined
}

function keep(kept: Kept): Kept {
  sessionStorage.setItem(keptAs, JSON.stringify(kept))
  return kept
}

/** The request is finished or withdrawn: the next visit begins a new one. */
export function forgetDraft(): void {
  sessionStorage.removeItem(keptAs)
}

/**
 * The request that the page is about: made when the page opens, the same after a reload. `write` writes its message anew in
 * another language.
 */
export function useDraft(usual: DraftLanguage) {
  const [language, setLanguage] = useState<DraftLanguage>(() => readKept()?.language ?? usual)
  const query = useQuery({
    queryKey: ['partnership draft', language],
    queryFn: () => readOrMake(language),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
  return {
    draft: query.data,
    error: query.error,
    retry: () => void query.refetch(),
    language,
    write(next: DraftLanguage) {
      const kept = readKept()
      if (kept) keep({ ...kept, language: next })
      setLanguage(next)
    },
  }
}

async function readOrMake(language: DraftLanguage): Promise<InvitationDraft> {
  const kept = readKept() ?? keep({ requestId: newId(), language })
  if (kept.id !== undefined) {
    try {
      return await api.get(`${invitationsPath}/${kept.id}/draft`, InvitationDraft, { language })
    } catch (error) {
      // Answered, revoked or expired meanwhile: this tab's request is over, and a new one begins.
      if (!(error instanceof ApiRefusal) || error.status < 404) throw error
    }
  }
  const { requestId } = kept.id === undefined ? kept : keep({ requestId: newId(), language })
  const draft = await api.send(
    { method: 'POST', path: invitationsPath, body: { language }, reply: InvitationDraft },
    requestId,
  )
  keep({ requestId, language, id: draft.id })
  await refresh(invitationsPath)
  return draft
}
