/**
 * Something that the person who runs Kanal can put right. The message is one or two sentences that say
 * what is wrong and what to do; the command line prints it without a stack and exits 1.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
