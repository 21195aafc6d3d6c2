/** A command of `kanal`. Adding one is a file beside this and a line in `commands.ts`. */
export interface Command {
  /** What follows the name, for the help, e.g. `FILE [--dry-run]`. */
  readonly usage: string
  /** One line for the help. */
  readonly summary: string
  /**
   * Does the work; what it prints on standard output is its result.
   *
   * @returns the exit status; 0 when nothing is returned.
   * @throws OperatorError for what the operator can put right: printed as one sentence, status 1.
   */
  readonly run: (args: readonly string[]) => Promise<number | void>
}
