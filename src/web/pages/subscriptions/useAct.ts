import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, ApiRefusal, type Shape } from '../../api.ts'
import { newId, useWrite, type Writer } from '../../ui/useWrite.ts'
import {
  type Act,
  type ActPreview,
  Preview,
  type SubscriptionDetail,
  subscriptionPath,
  writeOf,
} from './subscription.ts'

type Subject = Pick<SubscriptionDetail, 'id' | 'customer' | 'version'>

/** What an act would come to now; asked for again with every version. While another number is asked about, the former answer stays. */
export function useActPreview({ id, customer, version }: Subject, act: Act | undefined) {
  const path = `${subscriptionPath(customer.id, id)}/preview`
  return useQuery<ActPreview>({
    queryKey: ['preview', path, version, act],
    queryFn: () => api.send({ method: 'POST', path, body: { act }, reply: Preview }, newId()),
    enabled: act !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
}

/** An act that is looked at before it is done. */
export interface Acting {
  /** What it comes to; undefined while that is not known. */
  readonly preview: ActPreview | undefined
  readonly previewError: unknown
  /** The shown preview is of another number, or a newer one is on its way. */
  readonly isOld: boolean
  readonly retry: () => void
  readonly writer: Writer
  /** Does it, as it was seen. Undefined when it was refused; the reason is in `writer.error`. */
  readonly submit: <Reply>(reply: Shape<Reply>, act?: Act) => Promise<{ readonly reply: Reply } | undefined>
}

/** Asks what an act comes to, and does it with what was seen. When it comes to something else by then, it is asked anew. */
export function useAct(subject: Subject, act: Act | undefined): Acting {
  const { data, error, isPlaceholderData, isFetching, refetch } = useActPreview(subject, act)
  const writer = useWrite('/portal/v1/customers')
  const { error: refused } = writer
  const stale = refused instanceof ApiRefusal && refused.refusal === 'previewStale' ? refused : undefined
  useEffect(() => {
    if (stale) void refetch()
  }, [stale, refetch])
  return {
    preview: act && data,
    previewError: act && error,
    isOld: isPlaceholderData || isFetching,
    retry: () => void refetch(),
    writer,
    submit: async (reply, sent = act) =>
      sent && data ? await writer.send({ ...writeOf(subject, sent, data.facts), reply }) : undefined,
  }
}

/** A value that follows another one when it has rested for a moment: what is typed is not asked about letter by letter. */
export function useRested<Value>(value: Value, restMs = 300): Value {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs)
    return () => clearTimeout(timer)
  }, [value, restMs])
  return rested
}
