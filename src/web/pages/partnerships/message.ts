/** The address that opens a message in the person's own mail program. Line breaks as mail wants them. */
export function mailAddress(recipient: string, subject: string, body: string): string {
  const text = encodeURIComponent(body.replaceAll(/\r?\n/g, '\r\n'))
  return `mailto:${encodeURIComponent(recipient).replaceAll('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${text}`
}

/** Whether this device has a sheet for sharing, as phones do. */
export function canShare(): boolean {
  return typeof navigator.share === 'function'
}
