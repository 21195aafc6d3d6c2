import { route } from '../../platform/route.ts'
import { exportActivity } from './export-activity.ts'
import { listActivity } from './queries.ts'
import { ActivityPage, ExportActivityInput, ListActivityInput, toActivityRecord } from './wire.ts'

export const auditRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/activity',
    summary: 'Lists what was done, newest first: all of the own world, or with a lesser role what one did oneself.',
    needs: 'activity.read_own',
    input: ListActivityInput,
    reply: ActivityPage,
    handle: async (deps, actor, input) => {
      const { items, next } = await listActivity(deps, actor, input)
      return { items: items.map((row) => toActivityRecord(actor, row)), next }
    },
  }),
  route({
    method: 'GET',
    path: '/portal/v1/activity/export',
    summary: 'Downloads what the activity list would show as a CSV file.',
    needs: 'activity.read_own',
    input: ExportActivityInput,
    reply: 'csv',
    handle: async (deps, actor, input) => exportActivity(deps, actor, input),
  }),
]
