/** Page. */
export function HelpIndexPage() {
  return null
}
