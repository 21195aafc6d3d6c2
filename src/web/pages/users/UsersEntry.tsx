import { useSession } from '../../session.ts'
import { OwnPeoplePage } from '../licenses/OwnPeoplePage.tsx'
import { UsersPage } from './UsersPage.tsx'

/** Who signs in for the reader's organization: a customer's people have licenses, a partner's have not. */
export function UsersEntry() {
  const { organization } = useSession()
  return organization.kind === 'customer' ? <OwnPeoplePage /> : <UsersPage />
}
