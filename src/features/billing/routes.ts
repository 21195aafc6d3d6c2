import { route } from '../../platform/route.ts'
import { exportCharges } from './export-charges.ts'
import { ExportChargesInput } from './wire.ts'

export const billingRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/charge-lines/export',
    summary: "Charges as a CSV file, with the reseller's MPN ID on each line; a reseller gets its own, without cost.",
    needs: 'charges.read',
    input: ExportChargesInput,
    reply: 'csv',
    handle: async (deps, actor, input) => exportCharges(deps, actor, input),
  }),
]
