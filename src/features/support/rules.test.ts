import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cleanFileName,
  decideEscalation,
  decideReopening,
  firstResponseDue,
  isAllowedAttachment,
  responseStateOf,
  sideOf,
  statusAfterReply,
  whyNotFile,
  whyNotWrite,
} from './rules.ts'

const request = { ownerId: 'r', providerId: 'p', customerId: 'c', filedBy: 'c', escalatedBy: null } as const
const at = new Date('2026-12-01T09:00:00Z')
const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000)

test('F198 the first response is due after 2, 4 and 8 hours', () => {
  assert.deepEqual(
    (['critical', 'moderate', 'minimal'] as const).map((severity) => firstResponseDue(severity, at)),
    [later(2), later(4), later(8)],
  )
})

test('F198 a response is overdue from the instant it is due, and late once it comes', () => {
  const clock = { status: 'open', responseDueAt: later(2), firstResponseAt: null, closedAt: null } as const

  assert.equal(responseStateOf(clock, later(1.99)), 'waiting')
  assert.equal(responseStateOf(clock, later(2)), 'overdue')
  assert.equal(responseStateOf({ ...clock, firstResponseAt: later(2) }, later(9)), 'met')
  assert.equal(responseStateOf({ ...clock, firstResponseAt: later(3) }, later(9)), 'late')
  assert.equal(responseStateOf({ ...clock, status: 'closed', closedAt: later(1) }, later(9)), 'none')
  assert.equal(responseStateOf({ ...clock, status: 'closed', closedAt: later(3) }, later(9)), 'late')
})

test('SM-14 an answer that needs one waits for the customer, whose reply opens the request', () => {
  assert.equal(statusAfterReply('owner', true), 'attention')
  assert.equal(statusAfterReply('owner', false), 'open')
  assert.equal(statusAfterReply('customer', true), 'open')
})

test('only those who answer write notes, who passed it on writes nothing, and a closed request takes no reply', () => {
  const open = { status: 'open' } as const
  assert.equal(sideOf('r', request), 'owner')
  assert.equal(sideOf('p', request), 'reader')
  assert.equal(sideOf('p', { ...request, filedBy: 'p' }), 'customer')
  assert.equal(whyNotWrite('note', 'owner', open), null)
  assert.equal(whyNotWrite('note', 'customer', open), 'serviceRequestNotYours')
  assert.equal(whyNotWrite('reply', 'reader', open), 'serviceRequestNotYours')
  assert.equal(whyNotWrite('reply', 'customer', { status: 'closed' }), 'serviceRequestClosed')
})

test('SM-14 a request is reopened up to the end of the 14th day, and not after', () => {
  const closed = { status: 'closed', closedAt: at } as const

  assert.equal(decideReopening('customer', closed, later(14 * 24)), 'reopen')
  assert.deepEqual(decideReopening('customer', closed, new Date(later(14 * 24).getTime() + 1)), {
    refuse: 'reopenTooLate',
  })
  assert.deepEqual(decideReopening('reader', closed, later(1)), { refuse: 'serviceRequestNotYours' })
  assert.equal(decideReopening('owner', { status: 'open', closedAt: null }, later(1)), 'nothing')
})

test('F200 only the reseller that has an open request escalates it, and once', () => {
  const open = { ...request, status: 'open' } as const

  assert.equal(decideEscalation('r', open), 'escalate')
  assert.deepEqual(decideEscalation('r', { ...open, status: 'closed' }), { refuse: 'serviceRequestClosed' })
  assert.deepEqual(decideEscalation('x', open), { refuse: 'serviceRequestNotYours' })
  assert.equal(decideEscalation('r', { ...open, ownerId: 'p', escalatedBy: 'r' }), 'nothing')
})

test('F201 F202 a partner files with a live privilege only, and a reseller nothing about what is metered by usage', () => {
  assert.equal(whyNotFile({ kind: 'customer', delegated: false }, { kind: 'usage' }), null)
  assert.equal(whyNotFile({ kind: 'provider', delegated: false }, null), 'noDelegatedAccess')
  assert.equal(whyNotFile({ kind: 'provider', delegated: true }, { kind: 'usage' }), null)
  assert.equal(whyNotFile({ kind: 'reseller', delegated: true }, { kind: 'usage' }), 'askYourProvider')
  assert.equal(whyNotFile({ kind: 'reseller', delegated: true }, { kind: 'license' }), null)
})

test('a file is attached only under a name that fits what it is', () => {
  assert.equal(isAllowedAttachment('Ekran.PNG', 'image/png'), true)
  assert.equal(isAllowedAttachment('ekran.png', 'application/x-msdownload'), false)
  assert.equal(isAllowedAttachment('ekran.png', 'text/plain'), false)
  assert.equal(isAllowedAttachment('page.html', 'text/plain'), false)
  assert.equal(isAllowedAttachment('png', 'image/png'), false)
})

test('a file’s name is kept without folders and control characters, and with its ending', () => {
  assert.equal(cleanFileName('C:\\Users\\me\\İş\u202E listesi.csv'), 'İş listesi.csv')
  assert.equal(cleanFileName('../../etc/passwd'), 'passwd')
  const long = cleanFileName(`${'ş'.repeat(300)}.docx`)
  assert.equal(long.length, 120)
  assert.ok(long.endsWith('ş.docx'))
})
