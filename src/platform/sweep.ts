import type { Logger } from 'pino'
import type { Deps } from './context.ts'

/**
 * Work that carries on wherever it finds something to do: provisioning what was ordered, sealing the audit chain. It is
 * found in the tables and not in a queue, so nothing is lost when the process dies.
 */
export interface Sweep {
  readonly name: string
  /** It runs at least this often, nudged or not. */
  readonly everySeconds: number
  /**
   * Does all there is to do now. Several processes may run it at once; it must not mind (`for update skip locked`, an
   * advisory lock). `stopping` is aborted when the program ends: a long run returns at its next step.
   */
  readonly run: (deps: Deps, stopping: AbortSignal) => Promise<void>
}

export interface Sweeps {
  /** Asks for a run soon. Nudges during a run are one more run after it. An unknown name is a mistake in the program. */
  nudge(name: string): void
  /** Begins: each sweep runs once at once. Nudges from before are not lost by that. */
  start(deps: Deps): void
  /** Starts no run any more and waits for those under way. */
  stop(): Promise<void>
}

/** Prepares the sweeps of the tables; `nudge` may be handed out before `start`. */
export function prepareSweeps(table: readonly Sweep[], log: Logger): Sweeps {
  const stopping = new AbortController()
  const loops = new Map(table.map((sweep) => [sweep.name, new Loop(sweep, stopping.signal, log)]))
  return {
    nudge(name) {
      const loop = loops.get(name)
      if (!loop) throw new Error(`There is no sweep ${name}.`)
      loop.nudge()
    },
    start(deps) {
      for (const loop of loops.values()) loop.start(deps)
    },
    async stop() {
      stopping.abort()
      await Promise.all([...loops.values()].map((loop) => loop.stop()))
    },
  }
}

class Loop {
  readonly #sweep: Sweep
  readonly #stopping: AbortSignal
  readonly #log: Logger
  #deps: Deps | undefined
  #running: Promise<void> | undefined
  #wanted = false
  #timer: NodeJS.Timeout | undefined

  constructor(sweep: Sweep, stopping: AbortSignal, log: Logger) {
    this.#sweep = sweep
    this.#stopping = stopping
    this.#log = log
  }

  start(deps: Deps): void {
    this.#deps = deps
    this.nudge()
  }

  nudge(): void {
    this.#wanted = true
    if (this.#deps && !this.#running && !this.#stopping.aborted) this.#running = this.#runAll(this.#deps)
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#running
  }

  async #runAll(deps: Deps): Promise<void> {
    clearTimeout(this.#timer)
    // The nudging request gets its reply out first.
    await new Promise(setImmediate)
    while (this.#wanted && !this.#stopping.aborted) {
      this.#wanted = false
      try {
        await this.#sweep.run(deps, this.#stopping)
      } catch (error) {
        // What it did not finish is found again by the next run.
        this.#log.error({ err: error, sweep: this.#sweep.name }, 'a sweep failed')
      }
    }
    this.#running = undefined
    if (this.#stopping.aborted) return
    this.#timer = setTimeout(() => this.nudge(), this.#sweep.everySeconds * 1_000)
    this.#timer.unref()
  }
}
