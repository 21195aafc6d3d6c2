import type { Command } from './command.ts'

/** All commands by name. They are loaded when used, so that each starts quickly. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  'create-operator': async () => (await import('./create-operator.ts')).createOperatorCommand,
  'add-partner': async () => (await import('./add-partner.ts')).addPartnerCommand,
  clock: async () => (await import('./clock.ts')).clockCommand,
  import: async () => (await import('./import.ts')).importCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  'verify-audit': async () => (await import('./verify-audit.ts')).verifyAuditCommand,
}
