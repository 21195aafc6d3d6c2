import type { z } from 'zod'
import type { Permission } from '../kernel/permissions.ts'
import type { Actor, Deps, Locale, RequestMark } from './context.ts'

/** Who asks on a public route: nobody known, in a language. */
export interface Visitor {
  readonly locale: Locale
  readonly request: RequestMark
  /** The signed-in user, when there is one. */
  readonly actor?: Actor
}

/** A file as a reply: its rows are streamed, and CSV cells are made harmless by the edge's writer. */
export interface CsvReply {
  readonly fileName: string
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<readonly (string | number | null)[]>
}

/** Somebody's file as a reply: a download, whatever it is, and never a page of ours. */
export interface FileReply {
  readonly fileName: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly stream: NodeJS.ReadableStream
}

/** An uploaded file, still streaming; read it to its end. */
export interface Upload {
  readonly fileName: string
  readonly stream: NodeJS.ReadableStream
}

interface Common<Input extends z.ZodObject> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify path, such as `/portal/v1/customers/:customerId`. */
  readonly path: string
  /** Path, query and body in one object; on equal names the path wins. Unknown fields are refused. */
  readonly input: Input
  /** One sentence for the API's reader. */
  readonly summary: string
}

export interface GuardedLine<Input extends z.ZodObject = z.ZodObject> extends Common<Input> {
  /** A permission, or merely a signed-in user. */
  readonly needs: Permission | 'signedIn'
  /** Answered although the user must first change a temporary password or set up a second factor. */
  readonly beforeSetup?: true
  readonly reply: z.ZodType | 204 | 'csv' | 'file'
  readonly upload?: { readonly maxBytes: number }
  /** At most this many requests a minute from one session, for answers that could be collected one by one. */
  readonly perMinute?: number
  readonly handle: (deps: Deps, actor: Actor, input: z.infer<Input>, upload?: Upload) => Promise<unknown>
}

export interface PublicLine<Input extends z.ZodObject = z.ZodObject> extends Common<Input> {
  readonly needs: 'public'
  readonly reply: z.ZodType | 204
  readonly handle: (deps: Deps, visitor: Visitor, input: z.infer<Input>) => Promise<unknown>
}

export type Line = GuardedLine<never> | PublicLine<never>

/**
 * Ties a line of a route table together: input and reply types follow from the schemas. The tables of all features make the
 * server's routes, the OpenAPI document and the access matrix.
 */
export function route<Input extends z.ZodObject>(line: GuardedLine<Input>): Line {
  return line as unknown as Line
}

/** A line that answers visitors who have not signed in. Limited more tightly than the others. */
export function publicRoute<Input extends z.ZodObject>(line: PublicLine<Input>): Line {
  return line as unknown as Line
}
