import { hashPassword, temporaryPassword } from '../identity/passwords.ts'

/** A temporary password and what is kept of it. The password itself goes into one answer and nowhere else. */
export interface NewPassword {
  readonly password: string
  readonly hash: string
}

/** Two at a time: each hash takes 19 MiB and a core for 50 ms, and others sign in meanwhile. */
const atOnce = 2

/** Makes so many temporary passwords. Expensive: before a transaction, not inside. */
export async function makePasswords(count: number): Promise<readonly NewPassword[]> {
  const made: NewPassword[] = []
  const worker = async (): Promise<void> => {
    while (started < count) {
      started += 1
      const password = temporaryPassword()
      made.push({ password, hash: await hashPassword(password) })
    }
  }
  let started = 0
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker))
  return made
}

/** Makes one. */
export async function makePassword(): Promise<NewPassword> {
  const password = temporaryPassword()
  return { password, hash: await hashPassword(password) }
}
