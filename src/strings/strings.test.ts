import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const here = new URL('./', import.meta.url)

/** All texts of a language by `file:path.to.key`. */
function textsOf(language: string): Map<string, string> {
  const texts = new Map<string, string>()
  const walk = (value: unknown, at: string): void => {
    if (typeof value === 'string') texts.set(at, value)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, at.endsWith(':') ? `${at}${key}` : `${at}.${key}`)
    } else throw new Error(`${language} ${at}: neither a text nor a group of texts`)
  }
  for (const file of readdirSync(new URL(`${language}/`, here)).toSorted()) {
    walk(JSON.parse(readFileSync(new URL(`${language}/${file}`, here), 'utf8')), `${file.replace(/\.json$/, '')}:`)
  }
  return texts
}

const english = textsOf('en')
const turkish = textsOf('tr')
const everything = [...english, ...turkish]

/** Names, codes and words that both languages write alike. */
const alike = new Set(['Kanal', 'English', 'Türkçe', 'SKU', 'CSV', 'Portal', 'Program', 'Segment'])

/** Letters of the two languages; a text with any other letter was pasted from somewhere. */
const letters = /[^a-zA-ZçÇğĞıİöÖşŞüÜâÂîÎûÛéÉ]/u

/** The values a text names; `{regionEn}` and `{regionTr}` are one value in two languages. */
function placeholders(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => (match[1] ?? '').replace(/(?:En|Tr)$/, ''))),
  ].toSorted()
}

function glossary(): { texts: Map<string, Set<string>>; avoided: string[] } {
  const texts = new Map<string, Set<string>>()
  const avoided: string[] = []
  let heading = ''
  for (const line of readFileSync(new URL('../../docs/glossary.md', here), 'utf8').split('\n')) {
    if (line.startsWith('## ')) heading = line.slice(3)
    const cells = line.split('|').map((cell) => cell.trim())
    const [, one = '', other = ''] = cells
    if (cells.length < 4 || one === 'English' || one === 'Not' || one.startsWith('--')) continue
    if (heading === 'Words not to use') avoided.push(...one.split(', '))
    else texts.set(one, (texts.get(one) ?? new Set()).add(other))
  }
  return { texts, avoided }
}

test('S110 both languages have the same texts', () => {
  const missing = [...english.keys()].filter((key) => !turkish.has(key))
  const surplus = [...turkish.keys()].filter((key) => !english.has(key))

  assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] })
  assert.ok(english.size > 300, 'the walk found the texts')
})

test('S110 no text is empty', () => {
  const empty = everything.filter(([, text]) => text.trim() === '').map(([key]) => key)

  assert.deepEqual(empty, [])
})

test('S110 a text names the same values in both languages', () => {
  const different = [...english]
    .filter(([key, text]) => placeholders(text).join() !== placeholders(turkish.get(key) ?? text).join())
    .map(([key]) => key)

  assert.deepEqual(different, [])
})

test('S110 no text was left untranslated', () => {
  const same = [...english]
    .filter(
      ([key, text]) =>
        turkish.get(key) === text && !alike.has(text) && /\p{L}{2}/u.test(text.replaceAll(/\{\w+\}/g, '')),
    )
    .map(([key, text]) => `${key}: ${text}`)

  assert.deepEqual(same, [])
})

test('S110 no text has letters of another script', () => {
  const foreign = everything
    .filter(([, text]) => (text.match(/\p{L}/gu) ?? []).some((letter) => letters.test(letter)))
    .map(([key, text]) => `${key}: ${text}`)

  assert.deepEqual(foreign, [])
})

test('S110 texts use the words of the glossary', () => {
  const { texts } = glossary()
  const wrong = [...english].flatMap(([key, text]) => {
    const allowed = texts.get(text)
    const translated = turkish.get(key)
    if (!allowed || translated === undefined || allowed.has(translated)) return []
    return [`${key}: “${text}” is “${[...allowed].join('” or “')}”, not “${translated}”`]
  })

  assert.ok(texts.size > 400, 'the glossary was read')
  assert.deepEqual(wrong, [])
})

test('S110 Turkish texts leave out the words that mean something else', () => {
  const { avoided } = glossary()
  const found = [...turkish].flatMap(([key, text]) =>
    avoided
      .filter((word) => new RegExp(`(?<!\\p{L})${word}`, /^\p{Lu}/u.test(word) ? 'u' : 'iu').test(text))
      .map((word) => `${key}: ${word}`),
  )

  assert.ok(avoided.includes('satıcı') && avoided.includes('Iptal'), 'the list was read')
  assert.deepEqual(found, [])
})

test('S110 Turkish capital letters are dotted where the sound is', () => {
  // Beginnings that no Turkish word has with a hard I. A time zone's name after a slash is not Turkish.
  const undotted = /(?<![\p{L}/])I(?:ptal|ş(?![ıi])|çer|st|le|li|nd|zi|sim|tir)/u
  const found = [...turkish].filter(([, text]) => undotted.test(text)).map(([key, text]) => `${key}: ${text}`)

  assert.deepEqual(found, [])
})
