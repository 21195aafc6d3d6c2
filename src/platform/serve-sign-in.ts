import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../kernel/errors.ts'
import { newId, type UserId } from '../kernel/ids.ts'
import type { Actor, Deps, RequestMark } from './context.ts'
import { refuseForeignOrigin } from './serve.ts'
import type { Edge } from './serve.ts'
import type { SignIn, SignInRules } from './sign-in.ts'
import { refusalOfInput } from './validation.ts'

/** What sign-in has to know about people and to tell about them. */
export interface SignInPeople extends SignInRules {
  /** Who signs in under a user name or e-mail address; undefined when nobody may now: unknown, blocked, locked, ambiguous. */
  readonly admit: (login: string) => Promise<{ readonly userId: UserId; readonly username: string } | undefined>
  /** Takes as long as checking a real password. */
  readonly verifyNobody: (password: string) => Promise<false>
  readonly failed: (userId: UserId, mark: RequestMark) => Promise<void>
  readonly signedIn: (userId: UserId, mark: RequestMark) => Promise<void>
  readonly signedOut: (actor: Actor, cookie: string | undefined) => Promise<void>
  readonly secondFactorChanged: (actor: Actor, enabled: boolean) => Promise<void>
}

export interface SignInEdge {
  readonly authenticate: Edge['authenticate']
  readonly people: (deps: Deps) => SignInPeople
}

const Password = z.string().min(1).max(1024)
const Login = z.string().trim().min(1).max(254)
const Code = z.string().trim().min(6).max(40)
const Proof = z.strictObject({ code: Code, trustDevice: z.boolean().default(false) })

/**
 * Mounts the sign-in below `/portal/auth`: only what we use of the library. Each address may ask 100 times a minute. Refusals
 * have the same form as everywhere; session tokens leave in cookies only, never in a body.
 */
export function serveSignIn(app: FastifyInstance, deps: Deps, edge: SignInEdge): void {
  const people = edge.people(deps)
  let signIn: Promise<SignIn> | undefined
  // The library takes a quarter of a second to load; a start, and the first answers, do not wait for it.
  const load = async (): Promise<SignIn> => (await import('./sign-in.ts')).createSignIn(deps, people)
  const ask: Ask = async (request, path, body) => {
    signIn ??= load()
    return await askLibrary(await signIn, deps, request, path, body)
  }
  app.addHook('onListen', () => {
    setTimeout(() => void (signIn ??= load()), 2_000).unref()
  })

  const endpoint = <Input extends z.ZodType>(
    path: string,
    input: Input,
    answer: (call: Call, input: z.output<Input>) => Promise<unknown>,
  ): void => {
    app.post(
      `/portal/auth/${path}`,
      { config: { rateLimit: { max: 100, timeWindow: '1 minute' } } },
      async (request, reply) => {
        refuseForeignOrigin(deps, request, true)
        reply.header('Cache-Control', 'no-store')
        const parsed = input.safeParse(request.body ?? {})
        if (!parsed.success) throw refusalOfInput(parsed.error)
        const mark = { hash: '', correlationId: newId(), ip: request.ip }
        const identified = await edge.authenticate(deps, request, mark)
        if (identified) request.locale = identified.actor.locale
        return await answer({ request, reply, mark, identified, ask, people }, parsed.data)
      },
    )
  }

  endpoint(
    'sign-in/username',
    z.strictObject({ username: Login, password: Password }),
    (call, { username, password }) => signInWith(call, username, password),
  )
  endpoint('sign-in/email', z.strictObject({ email: Login, password: Password }), (call, { email, password }) =>
    signInWith(call, email, password),
  )
  endpoint('sign-out', z.object({}), signOut)
  endpoint('two-factor/verify-totp', Proof, (call, proof) => prove(call, 'two-factor/verify-totp', proof))
  endpoint('two-factor/verify-backup-code', Proof, (call, proof) => prove(call, 'two-factor/verify-backup-code', proof))
  endpoint('two-factor/enable', z.strictObject({ password: Password }), async (call, { password }) => {
    const { totpURI, backupCodes } = await askAsUser(call, 'two-factor/enable', { password })
    return { totpURI, backupCodes }
  })
  endpoint('two-factor/generate-backup-codes', z.strictObject({ password: Password }), async (call, { password }) => {
    const { backupCodes } = await askAsUser(call, 'two-factor/generate-backup-codes', { password })
    return { backupCodes }
  })
  endpoint('two-factor/disable', z.strictObject({ password: Password }), async (call, { password }) => {
    await askAsUser(call, 'two-factor/disable', { password })
    await call.people.secondFactorChanged(actorOf(call), false)
    return { status: true }
  })
}

type Ask = (request: FastifyRequest, path: string, body: unknown) => Promise<Answer>

interface Call {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly mark: RequestMark
  readonly identified: Awaited<ReturnType<Edge['authenticate']>>
  readonly ask: Ask
  readonly people: SignInPeople
}

/** An unknown name, a wrong password and a locked account get the same answer after the same time. */
async function signInWith({ request, reply, mark, identified, ask, people }: Call, login: string, password: string) {
  const admitted = await people.admit(login)
  if (admitted === undefined) {
    await people.verifyNobody(password)
    throw new Refusal('signInFailed')
  }
  const answer = await ask(request, 'sign-in/username', { username: admitted.username, password })
  if (answer.refusal === 'signInFailed') await people.failed(admitted.userId, mark)
  if (answer.refusal !== undefined) throw new Refusal(answer.refusal)

  passCookies(reply, answer)
  // Whoever was signed in in this browser is not any more.
  if (identified) await people.signedOut(identified.actor, request.headers.cookie)
  const needsCode = answer.body['twoFactorRedirect'] === true
  if (!needsCode) await people.signedIn(admitted.userId, mark)
  return { twoFactorRedirect: needsCode, ...(needsCode ? { twoFactorMethods: answer.body['twoFactorMethods'] } : {}) }
}

async function signOut({ request, reply, identified, ask, people }: Call) {
  passCookies(reply, await ask(request, 'sign-out', {}))
  if (identified) await people.signedOut(identified.actor, request.headers.cookie)
  return { status: true }
}

/** A code ends a sign-in that waits for it or, when somebody is signed in already, the setting up of the second factor. */
async function prove(call: Call, path: string, proof: z.output<typeof Proof>) {
  const { request, reply, mark, identified, ask, people } = call
  if (identified) refuseBeforePassword(call)
  const answer = await ask(request, path, proof)
  if (answer.refusal !== undefined) throw new Refusal(answer.refusal)
  passCookies(reply, answer)
  if (identified) await people.secondFactorChanged(identified.actor, true)
  else await people.signedIn(userIdOf(answer), mark)
  return { status: true }
}

async function askAsUser(call: Call, path: string, body: unknown): Promise<Readonly<Record<string, unknown>>> {
  const actor = actorOf(call)
  refuseBeforePassword(call)
  const answer = await call.ask(call.request, path, body)
  if (answer.refusal === 'wrongPassword') await call.people.failed(actor.userId, call.mark)
  if (answer.refusal !== undefined) throw new Refusal(answer.refusal)
  passCookies(call.reply, answer)
  return answer.body
}

function actorOf({ identified }: Call): Actor {
  if (!identified) throw new Refusal('notSignedIn')
  return identified.actor
}

/** A temporary password opens nothing but its own change. */
function refuseBeforePassword({ identified }: Call): void {
  if (identified?.mustFirst === 'passwordChangeRequired') throw new Refusal('passwordChangeRequired')
}

interface Answer {
  readonly refusal: Refusal['reason'] | undefined
  readonly body: Readonly<Record<string, unknown>>
  readonly cookies: readonly string[]
}

async function askLibrary(signIn: SignIn, deps: Deps, request: FastifyRequest, path: string, body: unknown) {
  const { clientAddressHeader, refusalNameOf, signInPath } = await import('./sign-in.ts')
  const { origin } = new URL(deps.config.publicUrl)
  const response = await signIn(
    new Request(`${origin}${signInPath}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // Our own check of the origin has passed.
        origin,
        [clientAddressHeader]: request.ip,
        'user-agent': String(request.headers['user-agent'] ?? '').slice(0, 300),
        ...(request.headers.cookie === undefined ? {} : { cookie: request.headers.cookie }),
      },
      body: JSON.stringify(body),
    }),
  )
  const text = await response.text()
  const parsed: unknown = text === '' ? {} : JSON.parse(text)
  const refusal = refusalNameOf(response.status, parsed)
  if (response.status >= 500) throw new Error(`Sign-in broke at ${path}: ${response.status}`)
  return { refusal, body: (parsed ?? {}) as Record<string, unknown>, cookies: response.headers.getSetCookie() }
}

function passCookies(reply: FastifyReply, { cookies }: Answer): void {
  reply.header('set-cookie', [...cookies])
}

function userIdOf({ body }: Answer): UserId {
  const user = body['user']
  if (typeof user === 'object' && user !== null && 'id' in user) return String(user.id) as UserId
  throw new Error('Sign-in did not say who signed in')
}
