import { reachPeople } from './access.ts'
import { route } from '../../platform/route.ts'
import { assignLicenses } from './assign-licenses.ts'
import { createPerson } from './create-person.ts'
import { deletePerson } from './delete-person.ts'
import { editPerson, setPersonRoles } from './edit-person.ts'
import { issuePasswords } from './issue-passwords.ts'
import { listLicenses, listPeople } from './queries.ts'
import { readAccess } from './read-access.ts'
import { readUpload, readUploadRows } from './read-upload.ts'
import { resetPersonPassword } from './reset-person-password.ts'
import { restorePerson } from './restore-person.ts'
import { uploadColumns } from './rules.ts'
import { saveUpload } from './save-upload.ts'
import { mostBytes, uploadPeople } from './upload-people.ts'
import {
  AssignedLicenses,
  AssignLicensesInput,
  CheckedUpload,
  CreatePersonInput,
  EditPersonInput,
  IssuedPasswords,
  IssuePasswordsInput,
  LicensePage,
  ListLicensesInput,
  ListPeopleInput,
  OfCustomer,
  OfPerson,
  OfUpload,
  PeopleAccess,
  PeoplePage,
  PersonPassword,
  SavedUpload,
  SaveUploadInput,
  SetPersonRolesInput,
  UploadPeopleInput,
  UploadRowPage,
  UploadRowsInput,
  UploadState,
} from './wire.ts'

/** A customer's people and their licenses, for the customer itself and for partners with a delegated privilege. */
export const licenseRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/users-access',
    needs: 'licenses.assign',
    input: OfCustomer,
    reply: PeopleAccess,
    summary: "What you may do with a customer's users, and what stands in the way",
    handle: readAccess,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/users',
    needs: 'customer_users.read',
    input: ListPeopleInput,
    reply: PeoplePage,
    summary: "A customer's users by name, or those deleted that can be restored",
    handle: async (deps, actor, input) => {
      await reachPeople(deps.db, actor, input.customerId, 'read', deps.now())
      return await listPeople(deps.db, deps.now(), input)
    },
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/users',
    needs: 'customer_users.manage',
    input: CreatePersonInput,
    reply: PersonPassword,
    summary: 'Add a user to a customer; the temporary password is in the first answer only',
    handle: createPerson,
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/customers/:customerId/users/:userId',
    needs: 'customer_users.manage',
    input: EditPersonInput,
    reply: 204,
    summary: "Change a customer's user's name, usage location and language",
    handle: editPerson,
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/customers/:customerId/users/:userId/roles',
    needs: 'customer_users.manage',
    input: SetPersonRolesInput,
    reply: 204,
    summary: "Give a customer's user exactly these roles, from its next request",
    handle: setPersonRoles,
  }),
  route({
    method: 'DELETE',
    path: '/portal/v1/customers/:customerId/users/:userId',
    needs: 'customer_users.manage',
    input: OfPerson,
    reply: 204,
    summary: "Delete a customer's user: its licenses are free at once, and for 30 days it can be restored",
    handle: deletePerson,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/users/:userId/restoration',
    needs: 'customer_users.manage',
    input: OfPerson,
    reply: PersonPassword,
    summary: "Restore a customer's deleted user; the temporary password is in the first answer only",
    handle: restorePerson,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/users/:userId/password-reset',
    needs: 'customer_users.reset_password',
    input: OfPerson,
    reply: PersonPassword,
    summary: "Give a customer's user a temporary password; it is in the first answer only",
    handle: resetPersonPassword,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/licenses',
    needs: 'licenses.assign',
    input: ListLicensesInput,
    reply: LicensePage,
    summary: 'The products a customer has licenses of: how many, how many are assigned, and the services in each',
    handle: async (deps, actor, input) => {
      await reachPeople(deps.db, actor, input.customerId, 'assignLicenses', deps.now())
      return await listLicenses(deps.db, actor, input)
    },
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/license-assignments',
    needs: 'licenses.assign',
    input: AssignLicensesInput,
    reply: AssignedLicenses,
    summary:
      'Assign and revoke licenses, and switch their services, for up to a hundred users; the result is listed for each',
    handle: assignLicenses,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/user-uploads/template',
    needs: 'customer_users.upload',
    input: OfCustomer,
    reply: 'csv',
    summary: 'An empty list of users to fill in (CSV)',
    handle: async (deps, actor, { customerId }) => {
      await reachPeople(deps.db, actor, customerId, 'upload', deps.now())
      return { fileName: 'users.csv', columns: uploadColumns, rows: noRows() }
    },
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/user-uploads',
    needs: 'customer_users.upload',
    input: UploadPeopleInput,
    upload: { maxBytes: mostBytes },
    perMinute: 30,
    reply: CheckedUpload,
    summary: 'Check a list of users (CSV): all of it is checked, and nobody is created yet',
    handle: uploadPeople,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/user-uploads/:uploadId',
    needs: 'customer_users.upload',
    input: OfUpload,
    reply: UploadState,
    summary: 'How far a list of users has come',
    handle: readUpload,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/user-uploads/:uploadId/rows',
    needs: 'customer_users.upload',
    input: UploadRowsInput,
    reply: UploadRowPage,
    summary: 'The rows of a list of users, and what became of each',
    handle: readUploadRows,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/user-uploads/:uploadId/save',
    needs: 'customer_users.upload',
    input: SaveUploadInput,
    reply: SavedUpload,
    summary: 'Create the users of a checked list: up to a hundred at once with their passwords, more in the background',
    handle: saveUpload,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/user-uploads/:uploadId/passwords',
    needs: 'customer_users.upload',
    input: IssuePasswordsInput,
    reply: IssuedPasswords,
    summary: 'Give users of a list who have never signed in temporary passwords, 50 at a time, each shown once',
    handle: issuePasswords,
  }),
]

async function* noRows(): AsyncGenerator<never> {}
