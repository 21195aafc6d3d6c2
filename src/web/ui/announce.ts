const region = () => document.getElementById('announcer')

/** Says something to people who listen to the page instead of seeing it. Sentences from `strings` only. */
export function announce(text: string): void {
  const element = region()
  if (!element) return
  // Emptied first: a repeated sentence is otherwise not read again.
  element.textContent = ''
  requestAnimationFrame(() => {
    element.textContent = text
  })
}
