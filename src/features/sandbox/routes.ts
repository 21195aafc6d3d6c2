import { z } from 'zod'
import type { Actor, Deps } from '../../platform/context.ts'
import type { DueWork } from '../../platform/due-work.ts'
import { type Line, route } from '../../platform/route.ts'
import { changeSimulation } from './change-simulation.ts'
import { listRuns, readClock, readRun } from './queries.ts'
import { resetSandbox } from './reset-sandbox.ts'
import { startRun } from './start-run.ts'
import { stopRun } from './stop-run.ts'
import {
  AdvanceClockInput,
  ChangeSimulationInput,
  Clock,
  ClockRun,
  ClockRunInput,
  ClockRunPage,
  ListClockRunsInput,
  RemovedWorld,
  ResetSandboxInput,
  SimulationSettings,
  StartedRun,
} from './wire.ts'

/** What a provider does with the clock of its own world. `works` is all that falls due by it. */
export function sandboxRoutes(works: readonly DueWork[]): readonly Line[] {
  return [
    route({
      method: 'GET',
      path: '/portal/v1/clock',
      needs: 'sandbox.manage',
      summary: 'Reads the clock of the own world, and in a sandbox what falls due next.',
      input: z.strictObject({}),
      reply: Clock,
      handle: (deps, actor) => readClock(deps, actor, works),
    }),
    route({
      method: 'POST',
      path: '/portal/v1/clock/advance',
      needs: 'sandbox.manage',
      summary: 'Has the clock of the own sandbox moved forward; answers at once with the run that does it.',
      input: AdvanceClockInput,
      reply: StartedRun,
      handle: advance,
    }),
    route({
      method: 'GET',
      path: '/portal/v1/clock/runs',
      needs: 'sandbox.manage',
      summary: 'Lists the runs in which the own clock was moved, newest first.',
      input: ListClockRunsInput,
      reply: ClockRunPage,
      handle: listRuns,
    }),
    route({
      method: 'GET',
      path: '/portal/v1/clock/runs/:runId',
      needs: 'sandbox.manage',
      summary: 'Reads how far a run has come.',
      input: ClockRunInput,
      reply: ClockRun,
      handle: readRun,
    }),
    route({
      method: 'POST',
      path: '/portal/v1/clock/runs/:runId/stop',
      needs: 'sandbox.manage',
      summary: 'Stops a run at the time it has reached.',
      input: ClockRunInput,
      reply: 204,
      handle: stopRun,
    }),
    route({
      method: 'PUT',
      path: '/portal/v1/clock/simulation',
      needs: 'sandbox.manage',
      summary: 'Says how the fulfillment of the own sandbox is simulated.',
      input: ChangeSimulationInput,
      reply: SimulationSettings,
      handle: changeSimulation,
    }),
    route({
      method: 'POST',
      path: '/portal/v1/clock/reset',
      needs: 'sandbox.manage',
      summary: 'Empties the own sandbox and sets its clock back to now.',
      input: ResetSandboxInput,
      reply: RemovedWorld,
      handle: (deps, actor, { confirmation }) =>
        resetSandbox(deps, actor, { providerId: actor.organizationId, confirmation }),
    }),
  ]
}

async function advance(deps: Deps, actor: Actor, { to }: z.infer<typeof AdvanceClockInput>) {
  const { id } = await startRun(deps, actor, { providerId: actor.organizationId, to: new Date(to) })
  return { run: await readRun(deps, actor, { runId: id }) }
}
