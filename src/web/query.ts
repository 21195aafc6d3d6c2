import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ApiRefusal, asSent, NoAnswer } from './api.ts'
import type { Params, Shape } from './api.ts'

/** What the portal has read. Keys start with the path that was read, so that `refresh` can name what became old. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is an answer. Only silence is worth asking again.
      retry: (failures, error) =>
        failures < 2 &&
        ((error instanceof NoAnswer && error.reason !== 'unreadable') ||
          (error instanceof ApiRefusal && error.status >= 502)),
    },
  },
})

/** Reads everything again whose path starts with one of these, such as `/portal/v1/customers`. */
export async function refresh(...paths: string[]): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [path] }) => typeof path === 'string' && paths.some((one) => path.startsWith(one)),
  })
}

/** When a page reads: not yet; again every so many milliseconds; or as long as what it has read says so. */
export interface ReadOptions<Read> {
  readonly enabled?: boolean
  readonly refetchInterval?: number | ((read: Read | undefined) => number | false)
}

/** Reads one thing. While other params load, the former answer stays (`isPlaceholderData`). */
export function useRead<Reply>(
  path: string,
  schema: Shape<Reply>,
  params?: Params,
  { refetchInterval, ...options }: ReadOptions<Reply> = {},
): UseQueryResult<Reply> {
  return useQuery({
    queryKey: [path, params ?? {}],
    queryFn: ({ signal }) => api.get(path, schema, params, signal),
    refetchInterval: ({ state }) => intervalOf(refetchInterval, state.data),
    ...options,
  })
}

function intervalOf<Read>(interval: ReadOptions<Read>['refetchInterval'], read: Read | undefined): number | false {
  return typeof interval === 'function' ? interval(read) : (interval ?? false)
}

/** A list as `DataList` wants it. */
export interface PagedList<Row> {
  readonly rows: readonly Row[]
  /** How many rows there are in all, when the server counts them. */
  readonly total: number | undefined
  readonly error: Error | null
  /** Nothing to show yet. */
  readonly isLoading: boolean
  /** Rows of other params are shown while the asked ones are on their way. */
  readonly isRefreshing: boolean
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly loadMore: () => void
  readonly retry: () => void
}

/** Rows that are all there already, as a list. */
export function wholeList<Row>(rows: readonly Row[]): PagedList<Row> {
  return {
    rows,
    total: rows.length,
    error: null,
    isLoading: false,
    isRefreshing: false,
    hasMore: false,
    isLoadingMore: false,
    loadMore: () => {},
    retry: () => {},
  }
}

interface SentPage {
  readonly items: readonly unknown[]
  readonly next: string | null
  readonly total?: number | null
}

const sentPage = asSent<SentPage>()

/** Reads a keyset-paged list of `row`s, a page at a time. Change `params` to filter or sort; the server does both. */
export function usePagedList<Row>(
  path: string,
  row: Shape<Row>,
  params: Params = {},
  { refetchInterval, ...options }: ReadOptions<readonly Row[]> = {},
): PagedList<Row> {
  const query = useInfiniteQuery({
    queryKey: [path, 'list', params],
    async queryFn({ pageParam, signal }) {
      const page = await api.get(path, sentPage, { ...params, cursor: pageParam }, signal)
      return { ...page, items: page.items.map((item) => row.parse(item)) }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      intervalOf(
        refetchInterval,
        state.data?.pages.flatMap((page) => page.items),
      ),
    ...options,
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    rows,
    total: query.data?.pages[0]?.total ?? undefined,
    error: query.error,
    isLoading: query.isPending,
    isRefreshing: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}
