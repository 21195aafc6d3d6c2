/**
 * Listens for SIGINT and SIGTERM from now on. The first asks to stop, in an orderly way; a second ends the process at once
 * with status 130. What was acknowledged is safe either way. The end of the program that started us asks as well.
 *
 * @returns a promise that resolves with the first signal.
 */
export function untilSignal(): Promise<void> {
  const asked = Promise.withResolvers<void>()
  let signals = 0
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signals++ > 0) process.exit(130)
      asked.resolve()
    })
  }
  if (process.connected) {
    process.once('disconnect', () => asked.resolve())
    process.channel?.unref()
  }
  return asked.promise
}
