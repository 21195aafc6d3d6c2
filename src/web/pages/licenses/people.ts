import { asSent } from '../../api.ts'
import { useRead } from '../../query.ts'
import type {
  AssignedLicenses,
  CheckedUpload,
  IssuedPasswords,
  PeopleAccess,
  Person,
  PersonPassword,
  ProductLicenses,
  SavedUpload,
  UploadRow,
  UploadState,
} from '../../../features/licenses/wire.ts'
import { peopleActs, type PeopleAct } from '../../../features/licenses/rules.ts'

export type {
  AssignedLicenses,
  CheckedUpload,
  IssuedPasswords,
  PeopleAccess,
  Person,
  ProductLicenses,
  SavedUpload,
  UploadRow,
  UploadState,
}

export const PersonShape = asSent<Person>()
export const ProductShape = asSent<ProductLicenses>()
export const AssignedShape = asSent<AssignedLicenses>()
export const PasswordShape = asSent<PersonPassword>()
export const CheckedShape = asSent<CheckedUpload>()
export const SavedShape = asSent<SavedUpload>()
export const IssuedShape = asSent<IssuedPasswords>()
export const UploadStateShape = asSent<UploadState>()
export const UploadRowShape = asSent<UploadRow>()
const Access = asSent<PeopleAccess>()

/** Where a customer's things lie on the server. */
export function pathOf(customerId: string): string {
  return `/portal/v1/customers/${encodeURIComponent(customerId)}`
}

/** What the reader may do with a customer's people, and why not. */
export function useAccess(customerId: string) {
  return useRead(`${pathOf(customerId)}/users-access`, Access)
}

/** Whether a partner lacks any privilege: then there is nothing to show but how to come by one. */
export function isShut({ may }: PeopleAccess): boolean {
  return (
    peopleActs.every((act) => may[act] !== null && may[act] !== 'privilegeMissing') && may.read === 'noDelegatedAccess'
  )
}

export type { PeopleAct }

/** A product as a key. */
export function keyOf({ productId, skuId }: { readonly productId: string; readonly skuId: string }): string {
  return `${productId}/${skuId}`
}
