import type { Actor, Deps } from '../../platform/context.ts'
import type { UserId } from '../../kernel/ids.ts'
import { publicRoute, route } from '../../platform/route.ts'
import { addUser } from './add-user.ts'
import { changeLocale } from './change-locale.ts'
import { changePassword } from './change-password.ts'
import { isUnused, listGlobalAdmins, listUsers } from './queries.ts'
import { readMe } from './read-me.ts'
import { requireSecondFactor, takeSecondFactor } from './require-second-factor.ts'
import { resetPassword } from './reset-password.ts'
import { setRoles } from './set-roles.ts'
import { blockUser, deleteUser, unblockUser } from './shut-out-user.ts'
import {
  AddedUser,
  AddUserInput,
  ChangeLocaleInput,
  ChangePasswordInput,
  FirstRun,
  GlobalAdmins,
  ListUsersInput,
  MeReply,
  Nothing,
  OfUser,
  ResetPasswordReply,
  SecondFactorInput,
  SetRolesInput,
  UserList,
} from './wire.ts'

type UseCase<Input, Result> = (deps: Deps, actor: Actor, input: Input) => Promise<Result>

/** The schema has checked that the id is one. */
function ofUser<Input extends { readonly userId: string }, Result>(
  useCase: UseCase<Omit<Input, 'userId'> & { readonly userId: UserId }, Result>,
): UseCase<Input, Result> {
  return (deps, actor, input) => useCase(deps, actor, { ...input, userId: input.userId as UserId })
}

/** The signed-in user, and the users of its organization. Sign-in itself is below `/portal/auth`. */
export const identityRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/me',
    needs: 'signedIn',
    beforeSetup: true,
    input: Nothing,
    reply: MeReply,
    summary: 'Who is signed in, for which organization, and what they may do',
    handle: readMe,
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/me/locale',
    needs: 'signedIn',
    beforeSetup: true,
    input: ChangeLocaleInput,
    reply: 204,
    summary: 'Choose the language you read in',
    handle: changeLocale,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/me/password',
    needs: 'signedIn',
    beforeSetup: true,
    input: ChangePasswordInput,
    reply: 204,
    summary: 'Change your password; other sessions end',
    handle: changePassword,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/global-admins',
    needs: 'signedIn',
    input: Nothing,
    reply: GlobalAdmins,
    summary: 'Who in your organization can help with roles and access',
    handle: async (deps, actor) => ({ items: await listGlobalAdmins(deps.db, actor) }),
  }),
  route({
    method: 'GET',
    path: '/portal/v1/users',
    needs: 'users.read',
    input: ListUsersInput,
    reply: UserList,
    summary: 'The users of your organization, by name',
    handle: async (deps, actor, input) => {
      const [page, admins] = await Promise.all([listUsers(deps.db, actor, input), listGlobalAdmins(deps.db, actor)])
      return { ...page, globalAdmins: admins.length }
    },
  }),
  route({
    method: 'POST',
    path: '/portal/v1/users',
    needs: 'users.manage',
    input: AddUserInput,
    reply: AddedUser,
    summary: 'Add a user; the temporary password is in the first answer only',
    handle: addUser,
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/users/:userId/roles',
    needs: 'users.manage',
    input: SetRolesInput,
    reply: 204,
    summary: 'Give a user exactly these roles, from its next request',
    handle: ofUser(setRoles),
  }),
  route({
    method: 'POST',
    path: '/portal/v1/users/:userId/password-reset',
    needs: 'users.reset_password',
    input: OfUser,
    reply: ResetPasswordReply,
    summary: 'Give a user a temporary password; it is in the first answer only',
    handle: ofUser(resetPassword),
  }),
  route({
    method: 'DELETE',
    path: '/portal/v1/users/:userId/second-factor',
    needs: 'users.reset_password',
    input: OfUser,
    reply: 204,
    summary: 'Take the second factor of a user who lost it',
    handle: ofUser(takeSecondFactor),
  }),
  route({
    method: 'POST',
    path: '/portal/v1/users/:userId/block',
    needs: 'users.manage',
    input: OfUser,
    reply: 204,
    summary: 'Shut a user out from its next request',
    handle: ofUser(blockUser),
  }),
  route({
    method: 'DELETE',
    path: '/portal/v1/users/:userId/block',
    needs: 'users.manage',
    input: OfUser,
    reply: 204,
    summary: 'Let a blocked or locked user sign in again',
    handle: ofUser(unblockUser),
  }),
  route({
    method: 'DELETE',
    path: '/portal/v1/users/:userId',
    needs: 'users.manage',
    input: OfUser,
    reply: 204,
    summary: 'Delete a user; what it did stays on record under its name',
    handle: ofUser(deleteUser),
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/organization/second-factor',
    needs: 'organization.require_second_factor',
    input: SecondFactorInput,
    reply: 204,
    summary: 'Demand a second factor of everybody in your organization, or no longer',
    handle: requireSecondFactor,
  }),
  publicRoute({
    method: 'GET',
    path: '/portal/v1/first-run',
    needs: 'public',
    input: Nothing,
    reply: FirstRun,
    summary: 'Whether nobody can sign in yet because the first operator is missing',
    handle: async (deps) => ({ needed: await isUnused(deps.db) }),
  }),
]
