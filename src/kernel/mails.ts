/** What Kanal writes mails about. */
export const mailKinds = ['customerAgreementAttested', 'renewalReminder'] as const
export type MailKind = (typeof mailKinds)[number]

/** `waiting` to be sent, or to be tried again; `failed` is given up, which a retry takes back. */
export const mailStates = ['waiting', 'sent', 'failed'] as const
export type MailState = (typeof mailStates)[number]
