/** Page. */
export function FirstSignInPage() {
  return null
}
