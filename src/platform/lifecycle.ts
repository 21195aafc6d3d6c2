/**
 * Listens for SIGINT and SIGTERM from now on. The first asks to stop, in an orderly way; a second, a while later, ends the
 * process at once with status 130. What was acknowledged is safe either way. The end of the program that started us asks as
 * well.
 *
 * @returns a promise that resolves with the first signal.
 */
export function untilSignal(): Promise<void> {
  const asked = Promise.withResolvers<void>()
  let firstAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      firstAt ??= performance.now()
      // One wish often comes twice at once: to the process and to its group.
      if (performance.now() - firstAt > 1_000) process.exit(130)
      asked.resolve()
    })
  }
  if (process.connected) {
    process.once('disconnect', () => asked.resolve())
    process.channel?.unref()
  }
  return asked.promise
}

/** What was started, stopped in the reverse order, each even when another fails. */
export class Closing {
  readonly #steps: (() => Promise<unknown>)[] = []
  readonly #firstSteps: (() => Promise<unknown>)[] = []
  #begun = false
  #closed: Promise<void> | undefined

  /** Whether `close` was called. */
  get begun(): boolean {
    return this.#begun
  }

  add(step: () => Promise<unknown>): void {
    this.#steps.unshift(step)
  }

  /** For the HTTP server: whatever started after it, nothing may stop before the last request. */
  addFirst(step: () => Promise<unknown>): void {
    this.#firstSteps.unshift(step)
  }

  /** Safe to repeat; all callers wait for the same end. */
  close(): Promise<void> {
    this.#begun = true
    return (this.#closed ??= this.#run())
  }

  async #run(): Promise<void> {
    const failures: unknown[] = []
    for (const step of [...this.#firstSteps, ...this.#steps]) {
      try {
        await step()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Stopping was not clean.')
  }
}
