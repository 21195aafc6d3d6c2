import { noCustomer } from '../../kernel/ids.ts'
import { visibleValues } from '../audit/rules.ts'
import type { EventRow } from './read-events.ts'
import type { Reader } from './visibility.ts'
import type { Event } from './wire.ts'

/** An event as its reader may see it: ids, and of the values after the change those the reader may know. */
export function toEvent(reader: Reader & { readonly seesCost: boolean }, row: Omit<EventRow, 'xact'>): Event {
  return {
    id: row.id,
    type: row.type,
    timestamp: row.at.toISOString(),
    data: {
      customerId: row.customerId === noCustomer ? null : row.customerId,
      subject: { kind: row.subjectKind, id: row.subjectId },
      values:
        visibleValues(row.payload, {
          organizationKind: reader.organizationKind,
          seesCost: reader.seesCost,
          ownRecord: row.actorOrganizationId === reader.organizationId,
          concernsReader: row.resellerId === reader.organizationId,
        }) ?? {},
    },
  }
}
