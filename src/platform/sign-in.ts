import { betterAuth, type BetterAuthOptions } from 'better-auth/minimal'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import { type RefusalName, refusals } from '../kernel/errors.ts'
import { newId, type UserId } from '../kernel/ids.ts'
import type { Deps } from './context.ts'
import { cookiePrefix, sessionHours, usesSecureCookies } from './session-cookie.ts'
import { signInStore } from './sign-in-store.ts'

/** Where the sign-in endpoints are mounted. */
export const signInPath = '/portal/auth'

/** What the sign-in library asks of us. */
export interface SignInRules {
  readonly hash: (password: string) => Promise<string>
  readonly verify: (password: string, hash: string) => Promise<boolean>
  /** Asked when everything was right, before a session starts: the refusal that keeps the user out, or nothing. */
  readonly whyNoSession: (userId: UserId) => Promise<RefusalName | undefined>
}

/** Sign-in with password and second factor on our tables. Answers requests of its endpoints, each like a fetch handler. */
export type SignIn = (request: Request) => Promise<Response>

/** The header by which our server tells the library who asks; a client's own is overwritten. */
export const clientAddressHeader = 'x-kanal-client'

/** Builds the sign-in. There is no open sign-up, no mail and no telemetry; sessions last `sessionHours`, not prolonged. */
export function createSignIn(deps: Deps, rules: SignInRules): SignIn {
  return betterAuth(optionsOf(deps, rules)).handler
}

function optionsOf({ config, db, now }: Deps, rules: SignInRules) {
  return {
    appName: 'Kanal',
    baseURL: new URL(config.publicUrl).origin,
    basePath: signInPath,
    secret: config.secret,
    database: signInStore(db),
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: 1024,
      password: { hash: rules.hash, verify: ({ password, hash }) => rules.verify(password, hash) },
    },
    user: {
      modelName: 'users',
      fields: {
        name: 'display_name',
        emailVerified: 'email_verified',
        createdAt: 'created_at',
        updatedAt: 'changed_at',
      },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        token: 'token_hash',
        ipAddress: 'ip',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'changed_at',
        expiresAt: 'expires_at',
      },
      expiresIn: sessionHours * 3600,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'credentials',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        password: 'password_hash',
        createdAt: 'created_at',
        updatedAt: 'changed_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'changed_at' },
      storeIdentifier: 'hashed',
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const reason = await rules.whyNoSession(session.userId as UserId)
            if (reason !== undefined) throw new APIError('FORBIDDEN', { code: reason, message: reason })
            const expiresAt = new Date(now().getTime() + sessionHours * 3_600_000)
            return { data: { ...session, userAgent: session.userAgent?.slice(0, 300), expiresAt } }
          },
        },
      },
    },
    // The edge limits each address, and `SignInPeople` locks each account: also for names that do not exist.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix,
      useSecureCookies: usesSecureCookies(config),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => newId(), validateSchema: false },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    plugins: [
      username({ displayUsername: false, maxUsernameLength: 128, usernameValidator: () => true }),
      twoFactor({
        issuer: 'Kanal',
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: 900 },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factors',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  } satisfies BetterAuthOptions
}

const reasons: Readonly<Record<string, RefusalName>> = {
  INVALID_USERNAME_OR_PASSWORD: 'signInFailed',
  INVALID_EMAIL_OR_PASSWORD: 'signInFailed',
  INVALID_PASSWORD: 'wrongPassword',
  INVALID_CODE: 'wrongCode',
  INVALID_BACKUP_CODE: 'wrongCode',
  INVALID_TWO_FACTOR_COOKIE: 'codeExpired',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'codeExpired',
  ACCOUNT_TEMPORARILY_LOCKED: 'tooManyRequests',
  TOTP_NOT_ENABLED: 'conflict',
  TOTP_ALREADY_ENABLED: 'conflict',
  TWO_FACTOR_NOT_ENABLED: 'conflict',
  BACKUP_CODES_NOT_ENABLED: 'conflict',
}

/** The refusal that the library's answer stands for; undefined when it went well, or when it broke. */
export function refusalNameOf(status: number, body: unknown): RefusalName | undefined {
  if (status < 400) return undefined
  if (status === 429) return 'tooManyRequests'
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
  const ours = reasons[code] ?? (code in refusals ? (code as RefusalName) : undefined)
  if (ours !== undefined) return ours
  if (status === 401) return 'notSignedIn'
  return status < 500 ? 'invalidRequest' : undefined
}
