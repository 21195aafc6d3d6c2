import type {
  FilingOptions as Options,
  Message as ThreadMessage,
  ServiceRequestDetail,
  ServiceRequestListItem,
  Uploaded as UploadedFile,
} from '../../../features/support/wire.ts'
import { asSent } from '../../api.ts'
import { useRead } from '../../query.ts'

export type { ServiceRequestDetail, ServiceRequestListItem, ThreadMessage, UploadedFile }

export const listPath = '/portal/v1/service-requests'
/** What every change makes old: lists, counts, the request and its thread. */
export const refreshed = ['/portal/v1/service-requests', '/portal/v1/customers'] as const

export const ServiceRequestRow = asSent<ServiceRequestListItem>()
export const MessageRow = asSent<ThreadMessage>()
export const Uploaded = asSent<UploadedFile>()
export const Filed = asSent<{ readonly customerId: string; readonly id: string; readonly number: string }>()
const Detail = asSent<ServiceRequestDetail>()
const FilingOptions = asSent<Options>()

export function requestsPath(customerId: string): string {
  return `/portal/v1/customers/${encodeURIComponent(customerId)}/service-requests`
}

export function requestPath(customerId: string, id: string): string {
  return `${requestsPath(customerId)}/${encodeURIComponent(id)}`
}

/** One request; asked for again every minute, so that remaining time and answers keep up. */
export function useServiceRequest(customerId: string, id: string) {
  return useRead(requestPath(customerId, id), Detail, undefined, { refetchInterval: 60_000 })
}

/** What can be asked about for a customer; nothing is read before there is one. */
export function useFilingOptions(customerId: string) {
  const path = `/portal/v1/customers/${encodeURIComponent(customerId)}/service-request-options`
  return useRead(path, FilingOptions, undefined, { enabled: customerId !== '' })
}
