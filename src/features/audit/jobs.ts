import type { Sweep } from '../../platform/sweep.ts'
import { sealAudit } from './seal-audit.ts'

export const auditSweeps: readonly Sweep[] = [
  {
    name: 'seal-audit',
    everySeconds: 10,
    run: async (deps, stopping) => {
      await sealAudit(deps, stopping)
    },
  },
]
