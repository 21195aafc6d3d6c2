import type { Locale } from './context.ts'

/** One line of a mail's list: what it is about, what there is to say of it, and where it can be looked at. */
export interface MailRow {
  readonly title: string
  readonly detail: string
  /** Path in the portal, such as `/customers/<id>`. */
  readonly path?: string
}

/** A mail as it was worded, in the reader's language: plain texts, without markup. Never a secret. */
export interface MailContent {
  readonly paragraphs: readonly string[]
  readonly lists?: readonly { readonly heading: string; readonly rows: readonly MailRow[] }[]
  /** Where to go on, at the end. */
  readonly action?: { readonly label: string; readonly path: string }
  /** Why the reader has this mail, small. */
  readonly footer: string
}

/** A mail laid out both ways; readers choose. */
export interface LaidOutMail {
  readonly text: string
  readonly html: string
}

/** Lays a mail out as plain text and as HTML without scripts, pictures or anything else to fetch. */
export function layOutMail(publicUrl: string, locale: Locale, subject: string, content: MailContent): LaidOutMail {
  return { text: asText(publicUrl, content), html: asHtml(publicUrl, locale, subject, content) }
}

function asText(publicUrl: string, { paragraphs, lists = [], action, footer }: MailContent): string {
  const blocks = [
    ...paragraphs,
    ...lists.map(({ heading, rows }) =>
      [heading, ...rows.map(({ title, detail }) => `- ${title}${detail === '' ? '' : `: ${detail}`}`)].join('\n'),
    ),
    ...(action ? [`${action.label}: ${publicUrl}${action.path}`] : []),
    // The usual mark of what is no longer the message.
    `-- \n${footer}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

function asHtml(
  publicUrl: string,
  locale: Locale,
  subject: string,
  { paragraphs, lists = [], action, footer }: MailContent,
): string {
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${subject}</title>
      </head>
      <body
        style="margin:0;padding:24px;background:#ffffff;color:#242424;font:16px/1.5 'Segoe UI',Helvetica,Arial,sans-serif"
      >
        <div style="max-width:640px">
          ${paragraphs.map((paragraph) => html`<p style="margin:0 0 16px">${paragraph}</p>`)}
          ${lists.map(
            ({ heading, rows }) =>
              html`<h2 style="margin:24px 0 8px;font-size:18px">${heading}</h2>
                <ul style="margin:0 0 16px;padding-left:20px">
                  ${rows.map((row) => htmlRow(publicUrl, row))}
                </ul>`,
          )}
          ${action ? html`<p style="margin:24px 0"><a href="${publicUrl}${action.path}" style="color:#0f548c">${action.label}</a></p>` : ''}
          <p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #d1d1d1;color:#616161;font-size:13px">
            ${footer}
          </p>
        </div>
      </body>
    </html> `.markup
}

function htmlRow(publicUrl: string, { title, detail, path }: MailRow): Markup {
  const name =
    path === undefined ? html`${title}` : html`<a href="${publicUrl}${path}" style="color:#0f548c">${title}</a>`
  return html`<li style="margin:0 0 4px">${name}${detail === '' ? '' : html`<br />${detail}`}</li>`
}

/** Text that is HTML already. */
interface Markup {
  readonly markup: string
}
type Piece = string | Markup | readonly Markup[]

/** HTML from a template: whatever is put into it is escaped, unless it was made in here. */
function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const written = pieces.map((piece) =>
    typeof piece === 'string' ? escapeHtml(piece) : [piece].flat().reduce((all, { markup }) => all + markup, ''),
  )
  return { markup: parts.reduce((all, part, place) => all + part + (written[place] ?? ''), '') }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? letter)
}
