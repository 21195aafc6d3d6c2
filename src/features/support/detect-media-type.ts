import { fileTypeFromBuffer } from 'file-type'

/** The control characters that texts have: tab, line feed, form feed, return and escape. */
const ofTexts: ReadonlySet<number> = new Set([9, 10, 12, 13, 27])

/**
 * What a file is by its bytes, whatever its name says: a known format, or `text/plain` in any encoding whose control characters
 * are those of ASCII. Undefined for everything else.
 */
export async function detectMediaType(bytes: Uint8Array): Promise<string | undefined> {
  const known = await fileTypeFromBuffer(bytes)
  if (known) return known.mime
  return bytes.every((byte) => byte >= 32 || ofTexts.has(byte)) ? 'text/plain' : undefined
}
