import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import type { Deps } from './context.ts'
import { prepareSweeps } from './sweep.ts'

const log = pino({ level: 'silent' })
const deps = {} as Deps

test('a sweep runs at the start, and nudges during a run are one more run after it', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const began = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let runs = 0
  const run = async (): Promise<void> => {
    const turn = runs++
    began[turn]?.resolve()
    await gates[turn]?.promise
  }
  const sweeps = prepareSweeps([{ name: 'tidy', everySeconds: 3_600, run }], log)

  sweeps.start(deps)
  await began[0]?.promise
  for (let nudge = 0; nudge < 5; nudge++) sweeps.nudge('tidy')
  gates[0]?.resolve()
  await began[1]?.promise
  gates[1]?.resolve()
  await sweeps.stop()

  assert.equal(runs, 2)
})

test('stopping waits for the run under way, tells it, and lets none begin', async () => {
  const began = Promise.withResolvers<void>()
  let finished = false
  const run = async (_deps: Deps, stopping: AbortSignal): Promise<void> => {
    began.resolve()
    await new Promise<void>((done) => stopping.addEventListener('abort', () => done()))
    finished = true
  }
  const sweeps = prepareSweeps([{ name: 'tidy', everySeconds: 3_600, run }], log)
  sweeps.start(deps)
  await began.promise

  await sweeps.stop()
  sweeps.nudge('tidy')

  assert.ok(finished)
})

test('a sweep that fails is run again when nudged', async () => {
  const second = Promise.withResolvers<void>()
  let runs = 0
  const run = async (): Promise<void> => {
    if (++runs === 1) throw new Error('the first run fails')
    second.resolve()
  }
  const sweeps = prepareSweeps([{ name: 'tidy', everySeconds: 0.001, run }], log)

  sweeps.start(deps)
  await second.promise
  await sweeps.stop()

  assert.ok(runs >= 2)
})

test('nudging a sweep that does not exist is a mistake', () => {
  assert.throws(() => prepareSweeps([], log).nudge('tidy'), /no sweep tidy/)
})
