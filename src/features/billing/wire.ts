import { z } from 'zod'

/** Days of UTC, both included; the last twelve months when left out. */
export const ExportChargesInput = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() })
export type ExportCharges = z.infer<typeof ExportChargesInput>
