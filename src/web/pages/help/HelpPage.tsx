/** Page. */
export function HelpPage() {
  return null
}
