/** Page. */
export function SignInPage() {
  return null
}
