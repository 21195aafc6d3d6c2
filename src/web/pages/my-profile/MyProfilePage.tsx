/** Page. */
export function MyProfilePage() {
  return null
}
