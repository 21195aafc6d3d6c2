const folds: Readonly<Record<string, string>> = { ı: 'i', ß: 'ss', æ: 'ae', ø: 'o', đ: 'd', ł: 'l' }

/**
 * Folds a text for searching: lower case without locale, no accents, `İ`, `I`, `ı` and `i` all equal, one blank between
 * words. `Şişli  IŞIK` and `sisli isik` fold to the same.
 */
export function searchKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ıßæøđł]/g, (letter) => folds[letter] ?? letter)
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ')
    .trim()
}

/** Letters of the Turkish alphabet that follow another one: after every word with that letter, before the next letter. */
const afterLetter: Readonly<Record<string, string>> = { ç: 'c', ğ: 'g', ı: 'h', ö: 'o', ş: 's', ü: 'u' }

/**
 * A key that sorts names byte by byte in the order of the Turkish alphabet, which English readers also expect: case and
 * blanks do not count, other accents are folded. Stored beside the name so that lists seek by index.
 */
export function sortKey(text: string): string {
  return Array.from(
    text
      .normalize('NFC')
      .replaceAll('İ', 'i')
      .replaceAll('I', /[çğışöüİÇĞŞÖÜ]/.test(text) ? 'ı' : 'i')
      .toLowerCase(),
  )
    .map((letter) => (afterLetter[letter] ? `${afterLetter[letter]}~` : searchKey(letter)))
    .join('')
    .slice(0, 200)
}

/** A folded search text as a `like` pattern that finds it anywhere. */
export function likePattern(key: string): string {
  return `%${key.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`
}
