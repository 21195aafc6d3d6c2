import { z } from 'zod'
import { route } from '../../platform/route.ts'
import { changeSeverity } from './change-severity.ts'
import { closeServiceRequest, reopenServiceRequest } from './close-service-request.ts'
import { escalateServiceRequest } from './escalate-service-request.ts'
import { exportServiceRequests } from './export-service-requests.ts'
import { fileServiceRequest } from './file-service-request.ts'
import { countServiceRequests, listServiceRequests } from './queries.ts'
import { readAttachment } from './read-attachment.ts'
import { readFilingOptions } from './read-filing-options.ts'
import { listMessages, readServiceRequest } from './read-service-request.ts'
import { receiveAttachment } from './receive-attachment.ts'
import { attachmentLimits } from './rules.ts'
import {
  AttachmentInput,
  ChangeSeverityInput,
  CloseInput,
  EscalateInput,
  ExportServiceRequestsInput,
  Filed,
  FileServiceRequestInput,
  FilingOptions,
  FilingOptionsInput,
  ListMessagesInput,
  ListServiceRequestsInput,
  MessagePage,
  ServiceRequestCount,
  ServiceRequestDetail,
  ServiceRequestInput,
  ServiceRequestPage,
  Uploaded,
  UploadInput,
  WriteMessageInput,
  Written,
} from './wire.ts'
import { writeMessage } from './write-message.ts'

const all = '/portal/v1/service-requests'
const ofCustomer = '/portal/v1/customers/:customerId/service-requests'
const one = `${ofCustomer}/:serviceRequestId`

export const supportRoutes = [
  route({
    method: 'GET',
    path: all,
    summary: 'Lists the service requests the caller takes part in, newest first.',
    needs: 'service_requests.read',
    input: ListServiceRequestsInput,
    reply: ServiceRequestPage,
    handle: listServiceRequests,
  }),
  route({
    method: 'GET',
    path: `${all}/count`,
    summary: 'Counts the open service requests that wait for the caller, and the overdue ones among them.',
    needs: 'service_requests.read',
    input: z.strictObject({}),
    reply: ServiceRequestCount,
    handle: countServiceRequests,
  }),
  route({
    method: 'GET',
    path: `${all}/export`,
    summary: 'The same list as a CSV file.',
    needs: 'service_requests.read',
    input: ExportServiceRequestsInput,
    reply: 'csv',
    handle: async (deps, actor, input) => exportServiceRequests(deps, actor, input),
  }),
  route({
    method: 'POST',
    path: '/portal/v1/service-request-attachments',
    summary: 'Takes a file of at most 10 MiB that goes along with a message later.',
    needs: 'service_requests.write',
    input: UploadInput,
    reply: Uploaded,
    upload: { maxBytes: attachmentLimits.bytes },
    perMinute: 60,
    handle: receiveAttachment,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/service-request-options',
    summary: 'What the caller can ask about for a customer, and who would get the request.',
    needs: 'service_requests.read',
    input: FilingOptionsInput,
    reply: FilingOptions,
    handle: readFilingOptions,
  }),
  route({
    method: 'POST',
    path: ofCustomer,
    summary: 'Files a service request, as the customer or on its behalf.',
    needs: 'service_requests.write',
    input: FileServiceRequestInput,
    reply: Filed,
    handle: fileServiceRequest,
  }),
  route({
    method: 'GET',
    path: one,
    summary: 'One service request, and what the caller may do with it now.',
    needs: 'service_requests.read',
    input: ServiceRequestInput,
    reply: ServiceRequestDetail,
    handle: readServiceRequest,
  }),
  route({
    method: 'GET',
    path: `${one}/messages`,
    summary: 'The thread of a service request, newest first.',
    needs: 'service_requests.read',
    input: ListMessagesInput,
    reply: MessagePage,
    handle: listMessages,
  }),
  route({
    method: 'POST',
    path: `${one}/messages`,
    summary: 'Adds a reply, or a note for the own organization.',
    needs: 'service_requests.write',
    input: WriteMessageInput,
    reply: Written,
    handle: writeMessage,
  }),
  route({
    method: 'GET',
    path: `${one}/attachments/:attachmentId`,
    summary: 'A file of the thread, as a download.',
    needs: 'service_requests.read',
    input: AttachmentInput,
    reply: 'file',
    handle: readAttachment,
  }),
  route({
    method: 'PUT',
    path: `${one}/severity`,
    summary: 'Changes how severe a service request is.',
    needs: 'service_requests.write',
    input: ChangeSeverityInput,
    reply: 204,
    handle: changeSeverity,
  }),
  route({
    method: 'POST',
    path: `${one}/escalation`,
    summary: 'Passes a service request on from the reseller to the provider.',
    needs: 'service_requests.escalate',
    input: EscalateInput,
    reply: 204,
    handle: escalateServiceRequest,
  }),
  route({
    method: 'POST',
    path: `${one}/closing`,
    summary: 'Closes a service request.',
    needs: 'service_requests.write',
    input: CloseInput,
    reply: 204,
    handle: closeServiceRequest,
  }),
  route({
    method: 'POST',
    path: `${one}/reopening`,
    summary: 'Opens a closed service request again, within 14 days.',
    needs: 'service_requests.write',
    input: CloseInput,
    reply: 204,
    handle: reopenServiceRequest,
  }),
]
