/** What these pages read and write. */
export const partnershipsPath = '/portal/v1/partnerships'
export const invitationsPath = '/portal/v1/partnership-invitations'
