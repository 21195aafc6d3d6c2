import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { newId } from '../../ui/useWrite.ts'
import { type BasketLine, orderLines, type OrderReview, Review, reviewPath } from './order.ts'

/** Who the order is for, as the review asks it. */
export type Buyer = { readonly id: string } | { readonly country: string; readonly segment: string }

/** The server's view of a basket: prices of now, what would be stored, and what is in the way. Stores nothing. */
export function useOrderReview(buyer: Buyer, basket: readonly BasketLine[]) {
  const body = { customer: buyer, lines: orderLines(basket) }
  return useQuery<OrderReview>({
    queryKey: [reviewPath, body],
    queryFn: () => api.send({ method: 'POST', path: reviewPath, body, reply: Review }, newId()),
    enabled: basket.length > 0,
    // What is about to be bought is never shown from memory.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}
