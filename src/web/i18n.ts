import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { StringsFile } from './strings.ts'

/** The languages the portal speaks. */
export const languages = ['en', 'tr'] as const
export type Language = (typeof languages)[number]

/** The locale that numbers, money and dates are written in. British English, because its dates cannot be read two ways. */
export const formatLocale: Record<Language, string> = { en: 'en-GB', tr: 'tr-TR' }

const chosenKey = 'kanal.language'
const files = import.meta.glob<{ default: object }>('../strings/{en,tr}/*.json')

function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language)
}

/** The language before anybody signed in: last choice on this device, else the browser's, else English. */
export function deviceLanguage(): Language {
  const chosen = localStorage.getItem(chosenKey)
  if (isLanguage(chosen)) return chosen
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage)
  return preferred ?? 'en'
}

/** The language the portal shows now. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en'
}

/** Shows the portal in another language and remembers it on this device. Resolves when the texts are there. */
export async function showLanguage(language: Language): Promise<void> {
  localStorage.setItem(chosenKey, language)
  document.documentElement.lang = language
  if (i18next.language !== language) await i18next.changeLanguage(language)
}

/** Fetches the texts of a page area, in the language shown. Safe to repeat. */
export function loadStrings(...names: StringsFile[]): Promise<void> {
  return i18next.loadNamespaces(names)
}

const numberFormats = new Map<Language, Intl.NumberFormat>()

function numberFormat(language: Language): Intl.NumberFormat {
  const made = numberFormats.get(language)
  if (made) return made
  const format = new Intl.NumberFormat(formatLocale[language])
  numberFormats.set(language, format)
  return format
}

/** Starts the texts; must have resolved before anything is drawn. */
export async function startStrings(): Promise<void> {
  const language = deviceLanguage()
  document.documentElement.lang = language
  await i18next
    .use({
      type: 'backend',
      init() {},
      read(lng: string, file: string, done: (error: unknown, texts: object | null) => void) {
        const load = files[`../strings/${lng}/${file}.json`]
        if (!load) return done(new Error(`No texts ${lng}/${file}`), null)
        load().then(
          (module) => done(null, module.default),
          (error: unknown) => done(error, null),
        )
      },
    })
    .use({
      type: 'formatter',
      init() {},
      add() {},
      addCached() {},
      // Every number in a text is written in the reader's way; whoever wants it raw passes a string.
      format: (value: unknown, _format?: string, lng?: string) =>
        typeof value === 'number' ? numberFormat(isLanguage(lng) ? lng : 'en').format(value) : String(value),
    })
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: languages,
      ns: ['common'],
      defaultNS: 'common',
      returnNull: false,
      interpolation: {
        prefix: '{',
        suffix: '}',
        // React escapes.
        escapeValue: false,
        alwaysFormat: true,
      },
      react: { useSuspense: true },
    })
}
