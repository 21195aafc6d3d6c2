/**
 * Waits for SIGINT or SIGTERM, or for `ended`, then stops in an orderly way. A second signal ends the process at once with
 * status 130; what was acknowledged is safe either way.
 *
 * @param stop Stops everything; it may take as long as the longest request.
 * @param ended Settles when the program cannot go on by itself; rejecting tells why.
 */
export async function stopOnSignal(stop: () => Promise<void>, ended: Promise<never>): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const asked = Promise.withResolvers<void>()
  let stopping = false
  const onSignal = (): void => {
    if (stopping) process.exit(130)
    stopping = true
    asked.resolve()
  }
  for (const signal of signals) process.on(signal, onSignal)
  try {
    await Promise.race([asked.promise, ended])
  } finally {
    stopping = true
    await stop()
    for (const signal of signals) process.off(signal, onSignal)
  }
}
