/** One SKU of the demo catalog. Prices are US dollars a licence and month on a yearly term, unless `ways` says otherwise. */
export interface DemoSku {
  /** How other lines refer to it; also what its ids are made of, so it must not change. */
  readonly key: string
  readonly publisher: string
  readonly product: string
  readonly skuId?: string
  readonly title: string
  readonly description: string
  readonly retail: number
  readonly ways: Ways
  readonly segments?: readonly ('Commercial' | 'Education' | 'Charity' | 'Government')[]
  readonly min?: number
  readonly max?: number
  readonly limit?: readonly [number, 'ConcurrentCount' | 'Lifetime']
  readonly needs?: readonly string[]
  readonly upgrades?: readonly string[]
  readonly tags?: string
  readonly unit?: string
  /** Only there; everywhere else by default. */
  readonly countries?: string
  readonly endOfSale?: string
  /** A second price that starts then, as a factor of the first. */
  readonly later?: readonly [string, number]
  /** Cheaper from so many licences on. */
  readonly tiers?: readonly (readonly [number, number])[]
}

/**
 * How a SKU is sold: `full` by month, year and three years, `year` without three years, `annual` for years paid at once,
 * `trial` free for a month, `usage` metered, `once` bought for good.
 */
export type Ways = 'full' | 'year' | 'annual' | 'trial' | 'usage' | 'once'

export const lodos = 'Lodos Cloud'
export const meltem = 'Meltem Security'
export const poyraz = 'Poyraz Works'

type Extra = Omit<Partial<DemoSku>, 'key' | 'publisher' | 'title' | 'description' | 'retail'>

/** A line whose product has the same name as its SKU. */
function sku(
  publisher: string,
  key: string,
  title: string,
  retail: number,
  description: string,
  extra: Extra = {},
): DemoSku {
  return { key, publisher, product: title, title, retail, description, ways: 'full', ...extra }
}

/** The free month of a product: a second SKU of it, for 25 licences, once for each customer. */
function trial(of: string, publisher: string, title: string): DemoSku {
  return {
    key: `${of}-trial`,
    publisher,
    product: title,
    skuId: '2',
    title: `${title} Trial`,
    description: `${title} for 30 days and 25 people, free of charge.`,
    retail: 0,
    ways: 'trial',
    min: 25,
    max: 25,
    limit: [1, 'Lifetime'],
    upgrades: [of],
    tags: 'License;Trial;No incentive',
  }
}

const business = { max: 300 } as const
const school = { segments: ['Education'], ways: 'annual', min: 5, tags: 'License;Education;No incentive' } as const
const charity = { segments: ['Charity'], ways: 'year', max: 300, tags: 'License;Charity;No incentive' } as const
const government = { segments: ['Government'], ways: 'annual', min: 10, tags: 'License;Government' } as const
const suites = ['wb-basic', 'wb-standard', 'wb-premium', 'we-core', 'we-plus', 'we-complete']

const workplace: readonly DemoSku[] = [
  sku(
    lodos,
    'wb-basic',
    'Lodos Workplace Business Basic',
    6,
    'Mail, meetings and shared files in the browser, for up to 300 people.',
    { ...business, upgrades: ['wb-standard', 'wb-premium', 'we-core', 'we-plus'], later: ['7/1/2026', 1.05] },
  ),
  sku(
    lodos,
    'wb-standard',
    'Lodos Workplace Business Standard',
    12.5,
    'Basic, with the desktop programs for documents, tables and slides.',
    { ...business, upgrades: ['wb-premium', 'we-plus', 'we-complete'], later: ['7/1/2026', 1.04] },
  ),
  sku(
    lodos,
    'wb-premium',
    'Lodos Workplace Business Premium',
    22,
    'Standard, with device management and protection against threats.',
    { ...business, upgrades: ['we-plus', 'we-complete'], later: ['4/1/2027', 1.03] },
  ),
  trial('wb-standard', lodos, 'Lodos Workplace Business Standard'),
  trial('wb-premium', lodos, 'Lodos Workplace Business Premium'),
  sku(
    lodos,
    'we-core',
    'Lodos Workplace Enterprise Core',
    10,
    'Mail, meetings, files and compliance basics for organizations of any size.',
    { upgrades: ['we-plus', 'we-complete'] },
  ),
  sku(
    lodos,
    'we-plus',
    'Lodos Workplace Enterprise Plus',
    23,
    'Core, with the desktop programs and advanced compliance.',
    {
      upgrades: ['we-complete'],
      tiers: [
        [500, 0.95],
        [2000, 0.9],
      ],
    },
  ),
  sku(
    lodos,
    'we-complete',
    'Lodos Workplace Enterprise Complete',
    38,
    'Plus, with analytics, telephony and the full set of protection.',
    {
      tiers: [
        [500, 0.95],
        [2000, 0.9],
      ],
    },
  ),
  trial('we-plus', lodos, 'Lodos Workplace Enterprise Plus'),
  sku(
    lodos,
    'wf-essentials',
    'Lodos Workplace Frontline Essentials',
    2.25,
    'Chat, shifts and tasks for people without a desk.',
    { upgrades: ['wf-plus', 'we-core'] },
  ),
  sku(lodos, 'wf-plus', 'Lodos Workplace Frontline Plus', 8, 'Essentials, with mail and web programs.', {
    upgrades: ['we-core', 'we-plus'],
  }),
  sku(
    lodos,
    'docs-business',
    'Lodos Docs for Business',
    8.25,
    'The desktop programs on five devices a person, with 1 TB of files.',
    { max: 300, upgrades: ['wb-standard', 'wb-premium'] },
  ),
  sku(
    lodos,
    'docs-enterprise',
    'Lodos Docs for Enterprise',
    12,
    'The desktop programs on five devices a person, centrally managed.',
    { upgrades: ['we-plus', 'we-complete'] },
  ),
  sku(lodos, 'mail-1', 'Lodos Mail Basic', 4, 'A 50 GB mailbox with calendar and shared contacts.', {
    upgrades: ['mail-2', 'mail-3', 'wb-basic', 'we-core'],
  }),
  sku(lodos, 'mail-2', 'Lodos Mail Standard', 8, 'A 100 GB mailbox with archive and legal hold.', {
    upgrades: ['mail-3', 'we-core', 'we-plus'],
  }),
  sku(lodos, 'mail-3', 'Lodos Mail Premium', 11, 'Standard, with encryption and data loss prevention.', {
    upgrades: ['we-plus', 'we-complete'],
  }),
  trial('mail-2', lodos, 'Lodos Mail Standard'),
  sku(lodos, 'mail-kiosk', 'Lodos Mail Kiosk', 2, 'A 2 GB mailbox in the browser, for shared workplaces.', {
    upgrades: ['mail-1', 'mail-2'],
  }),
  sku(lodos, 'mail-archive', 'Lodos Mail Archive', 3, 'An archive without limit beside a mailbox.', {
    needs: ['mail-1', 'mail-kiosk', 'wb-basic', 'wb-standard', 'we-core'],
  }),
  sku(lodos, 'drive-1', 'Lodos Drive Plan 1', 5, '1 TB of files a person, shared safely.', {
    upgrades: ['drive-2', 'wb-basic'],
  }),
  sku(lodos, 'drive-2', 'Lodos Drive Plan 2', 10, 'Files without limit, with retention and audit.', {
    upgrades: ['we-core', 'we-plus'],
  }),
  sku(lodos, 'drive-extra', 'Lodos Drive Extra Storage', 0.2, 'One more gigabyte in the common store.', {
    ways: 'year',
    max: 100_000,
    needs: ['drive-1', 'drive-2', ...suites],
  }),
  sku(lodos, 'intranet', 'Lodos Intranet', 3, 'Pages and news for the whole organization.', {
    ways: 'year',
    upgrades: ['intranet-plus'],
  }),
  sku(lodos, 'intranet-plus', 'Lodos Intranet Plus', 6, 'Intranet, with targeting, analytics and an app.', {
    ways: 'year',
  }),
  sku(lodos, 'forms', 'Lodos Forms Pro', 7.5, 'Surveys and forms with branching and reports.', { ways: 'year' }),
  sku(lodos, 'booking', 'Lodos Booking', 4.5, 'Appointments that customers make themselves.', {
    ways: 'year',
    needs: suites,
  }),
]

const meetings: readonly DemoSku[] = [
  sku(
    lodos,
    'meet-standard',
    'Lodos Meetings Standard',
    7,
    'Meetings for up to 300 people, with recording and notes.',
    { upgrades: ['meet-premium'] },
  ),
  sku(
    lodos,
    'meet-premium',
    'Lodos Meetings Premium',
    10,
    'Standard, with intelligent recap, webinars and protection.',
    {},
  ),
  trial('meet-premium', lodos, 'Lodos Meetings Premium'),
  sku(lodos, 'meet-audio', 'Lodos Meetings Audio Dial-in', 4, 'Joining a meeting from any telephone.', {
    needs: ['meet-standard', 'meet-premium', ...suites],
    countries: 'US;GB;DE;FR;NL',
  }),
  sku(lodos, 'webinar-500', 'Lodos Webinar 500', 40, 'Webinars for 500 guests.', {
    ways: 'year',
    needs: ['meet-standard', 'meet-premium', ...suites],
    upgrades: ['webinar-1000'],
  }),
  sku(lodos, 'webinar-1000', 'Lodos Webinar 1000', 75, 'Webinars for 1,000 guests.', {
    ways: 'year',
    needs: ['meet-standard', 'meet-premium', ...suites],
  }),
  sku(lodos, 'rooms-basic', 'Lodos Rooms Basic', 0, 'A meeting room with a certified device; up to 25 rooms.', {
    ways: 'year',
    max: 25,
    limit: [1, 'ConcurrentCount'],
    upgrades: ['rooms-pro'],
    tags: 'License;No incentive',
  }),
  sku(lodos, 'rooms-pro', 'Lodos Rooms Pro', 40, 'Rooms with remote management and intelligent audio and video.'),
  sku(lodos, 'phone-standard', 'Lodos Phone Standard', 8, 'A telephone system in the cloud.', {
    needs: suites,
    upgrades: ['phone-premium'],
  }),
  sku(lodos, 'phone-premium', 'Lodos Phone Premium', 12, 'Standard, with queues, attendants and a wallboard.', {
    needs: suites,
  }),
  sku(lodos, 'phone-shared', 'Lodos Phone Shared Device', 8, 'A telephone in a lobby, kitchen or hall.'),
  sku(lodos, 'calls-domestic', 'Lodos Calling Plan Domestic', 12, '1,200 domestic minutes a person and month.', {
    ways: 'year',
    needs: ['phone-standard', 'phone-premium', 'phone-shared'],
    countries: 'US;GB;DE;FR;NL',
    upgrades: ['calls-world'],
  }),
  sku(
    lodos,
    'calls-world',
    'Lodos Calling Plan International',
    24,
    'Domestic and 600 international minutes a person and month.',
    { ways: 'year', needs: ['phone-standard', 'phone-premium', 'phone-shared'], countries: 'US;GB;DE;FR;NL' },
  ),
  sku(
    lodos,
    'calls-credit',
    'Lodos Communication Credits',
    0.01,
    'Toll-free numbers and calls beyond a plan, by the minute.',
    { ways: 'usage', unit: '1 Minute' },
  ),
  sku(lodos, 'contact-center', 'Lodos Contact Center', 75, 'Voice, chat and mail in one queue for service teams.', {
    ways: 'year',
    upgrades: ['contact-center-plus'],
  }),
  sku(
    lodos,
    'contact-center-plus',
    'Lodos Contact Center Plus',
    110,
    'Contact Center, with forecasting and quality reviews.',
    { ways: 'year' },
  ),
]

const platform: readonly DemoSku[] = [
  sku(lodos, 'id-1', 'Lodos Identity P1', 6, 'Single sign-on, conditional access and self-service passwords.', {
    upgrades: ['id-2'],
  }),
  sku(lodos, 'id-2', 'Lodos Identity P2', 9, 'P1, with risk-based access and privileged roles for a time.'),
  trial('id-2', lodos, 'Lodos Identity P2'),
  sku(lodos, 'id-governance', 'Lodos Identity Governance', 7, 'Access reviews and joiner, mover and leaver flows.', {
    needs: ['id-1', 'id-2'],
  }),
  sku(
    lodos,
    'id-guests',
    'Lodos Identity for Customers',
    0.0163,
    'Sign-in for your own customers, by monthly active person.',
    { ways: 'usage', unit: '1 Active Person/Month' },
  ),
  sku(lodos, 'dev-1', 'Lodos Devices Plan 1', 8, 'Management of phones, tablets and computers.', {
    upgrades: ['dev-suite'],
  }),
  sku(lodos, 'dev-2', 'Lodos Devices Plan 2', 4, 'Tunnels and special devices on top of Plan 1.', {
    needs: ['dev-1', 'wb-premium', 'we-plus', 'we-complete'],
  }),
  sku(lodos, 'dev-suite', 'Lodos Devices Suite', 10, 'Plan 1 and 2, with remote help and endpoint privileges.'),
  trial('dev-1', lodos, 'Lodos Devices Plan 1'),
  sku(lodos, 'remote-help', 'Lodos Remote Help', 3.5, 'A helpdesk that sees and steers, with the user’s consent.', {
    needs: ['dev-1', 'wb-premium', 'we-plus', 'we-complete'],
  }),
  sku(lodos, 'pc-small', 'Lodos Cloud PC 2 vCPU 4 GB', 31, 'A personal computer in the cloud for everyday work.', {
    ways: 'year',
    max: 300,
    upgrades: ['pc-medium', 'pc-large'],
  }),
  sku(lodos, 'pc-medium', 'Lodos Cloud PC 4 vCPU 16 GB', 66, 'A personal computer in the cloud for demanding work.', {
    ways: 'year',
    max: 300,
    upgrades: ['pc-large'],
  }),
  sku(
    lodos,
    'pc-large',
    'Lodos Cloud PC 8 vCPU 32 GB',
    123,
    'A personal computer in the cloud for design and analysis.',
    { ways: 'year', max: 300 },
  ),
  sku(lodos, 'compute', 'Lodos Compute', 0.096, 'Virtual machines, by the hour.', {
    ways: 'usage',
    unit: '1 Hour',
    limit: [1, 'ConcurrentCount'],
  }),
  sku(lodos, 'object-store', 'Lodos Object Store', 0.0184, 'Objects in three places, by gigabyte and month.', {
    ways: 'usage',
    unit: '1 GB/Month',
  }),
  sku(lodos, 'database', 'Lodos Managed Database', 0.1275, 'PostgreSQL as a service, by core and hour.', {
    ways: 'usage',
    unit: '1 Core/Hour',
  }),
  sku(lodos, 'functions', 'Lodos Functions', 0.000016, 'Code that runs when it is called, by gigabyte-second.', {
    ways: 'usage',
    unit: '1 GB Second',
  }),
  sku(lodos, 'cdn', 'Lodos Content Delivery', 0.081, 'Content close to its readers, by gigabyte delivered.', {
    ways: 'usage',
    unit: '1 GB',
  }),
  sku(lodos, 'ai-tokens', 'Lodos Language Models', 0.002, 'Language models behind an API, by thousand tokens.', {
    ways: 'usage',
    unit: '1K Tokens',
  }),
  sku(lodos, 'messaging', 'Lodos Messaging Gateway', 0.0075, 'Text messages to any telephone, each.', {
    ways: 'usage',
    unit: '1 Message',
  }),
]

const analytics: readonly DemoSku[] = [
  sku(lodos, 'bi-pro', 'Lodos Analytics Pro', 10, 'Reports and dashboards, shared and refreshed.', {
    upgrades: ['bi-premium'],
    later: ['10/1/2026', 1.1],
  }),
  sku(lodos, 'bi-premium', 'Lodos Analytics Premium', 20, 'Pro, with larger models and paginated reports.'),
  trial('bi-pro', lodos, 'Lodos Analytics Pro'),
  sku(lodos, 'bi-capacity', 'Lodos Analytics Capacity 8', 999, 'A capacity of your own for all readers.', {
    ways: 'year',
    upgrades: ['bi-capacity-16'],
  }),
  sku(lodos, 'bi-capacity-16', 'Lodos Analytics Capacity 16', 1999, 'Twice the capacity.', { ways: 'year' }),
  sku(lodos, 'flow-user', 'Lodos Automate Premium', 15, 'Flows without limit for a person, attended robots included.', {
    upgrades: ['flow-process'],
  }),
  sku(lodos, 'flow-process', 'Lodos Automate Process', 150, 'One unattended robot or process.'),
  sku(lodos, 'flow-extra', 'Lodos Automate Extra Runs', 12, '50,000 more runs a day.', {
    ways: 'year',
    needs: ['flow-user', 'flow-process'],
  }),
  sku(lodos, 'app-per-app', 'Lodos Apps per App', 5, 'One self-made app for one person.', {
    ways: 'year',
    upgrades: ['app-per-user'],
  }),
  sku(lodos, 'app-per-user', 'Lodos Apps per User', 20, 'Any number of self-made apps for one person.', {
    ways: 'year',
    tiers: [[2000, 0.6]],
  }),
  sku(lodos, 'portal-views', 'Lodos Portals Visitor Pack', 200, '100 signed-in visitors of a public portal a month.', {
    ways: 'year',
  }),
  sku(lodos, 'ai-business', 'Lodos Assistant for Business', 21, 'An assistant in mail, documents and meetings.', {
    ways: 'year',
    needs: ['wb-basic', 'wb-standard', 'wb-premium'],
    max: 300,
    upgrades: ['ai-enterprise'],
  }),
  sku(
    lodos,
    'ai-enterprise',
    'Lodos Assistant for Enterprise',
    30,
    'An assistant that knows what the organization knows.',
    { ways: 'year', needs: suites },
  ),
  sku(lodos, 'ai-sales', 'Lodos Assistant for Sales', 20, 'An assistant beside the customer’s record.', {
    ways: 'year',
    needs: ['crm-sales-pro', 'crm-sales-ent'],
  }),
  sku(lodos, 'ai-service', 'Lodos Assistant for Service', 20, 'An assistant for those who answer.', {
    ways: 'year',
    needs: ['crm-service-pro', 'crm-service-ent', 'contact-center'],
  }),
]

const applications: readonly DemoSku[] = [
  sku(lodos, 'crm-sales-pro', 'Lodos Sales Professional', 65, 'Leads, opportunities and quotes.', {
    upgrades: ['crm-sales-ent', 'crm-sales-prem'],
  }),
  sku(lodos, 'crm-sales-ent', 'Lodos Sales Enterprise', 95, 'Professional, with own tables, forecasts and routes.', {
    upgrades: ['crm-sales-prem'],
  }),
  sku(lodos, 'crm-sales-prem', 'Lodos Sales Premium', 135, 'Enterprise, with insight into every deal.'),
  trial('crm-sales-ent', lodos, 'Lodos Sales Enterprise'),
  sku(lodos, 'crm-service-pro', 'Lodos Service Professional', 50, 'Cases, queues and knowledge.', {
    upgrades: ['crm-service-ent'],
  }),
  sku(lodos, 'crm-service-ent', 'Lodos Service Enterprise', 95, 'Professional, with agreements and skills.'),
  sku(lodos, 'crm-field', 'Lodos Field Service', 95, 'Work orders, routes and parts.'),
  sku(lodos, 'crm-marketing', 'Lodos Marketing', 1500, 'Journeys for 10,000 contacts.', { ways: 'year', max: 10 }),
  sku(lodos, 'crm-team', 'Lodos Sales Team Member', 8, 'Reading and light editing for colleagues.', {
    ways: 'year',
    needs: ['crm-sales-pro', 'crm-sales-ent', 'crm-service-pro', 'crm-service-ent'],
  }),
  sku(lodos, 'crm-storage', 'Lodos Business Data Storage', 40, 'One more gigabyte for business records.', {
    ways: 'year',
    needs: ['crm-sales-pro', 'crm-sales-ent', 'crm-service-ent', 'app-per-user'],
  }),
  sku(lodos, 'erp-essentials', 'Lodos Ledger Essentials', 70, 'Finance, purchasing and stock for growing companies.', {
    upgrades: ['erp-premium'],
  }),
  sku(lodos, 'erp-premium', 'Lodos Ledger Premium', 100, 'Essentials, with service and manufacturing.'),
  sku(lodos, 'erp-team', 'Lodos Ledger Team Member', 8, 'Reading, approving and time sheets.', {
    needs: ['erp-essentials', 'erp-premium'],
  }),
  sku(lodos, 'erp-finance', 'Lodos Finance', 180, 'Finance for groups of companies.', { ways: 'year', min: 20 }),
  sku(lodos, 'erp-supply', 'Lodos Supply Chain', 180, 'Planning, warehouses and production.', {
    ways: 'year',
    min: 20,
  }),
  sku(lodos, 'hr', 'Lodos People', 120, 'Personnel files, leave and payroll hand-over.', { ways: 'year', min: 5 }),
  sku(lodos, 'project-1', 'Lodos Projects Plan 1', 10, 'Plans and boards in the browser.', {
    upgrades: ['project-3', 'project-5'],
  }),
  sku(lodos, 'project-3', 'Lodos Projects Plan 3', 30, 'Plan 1, with the desktop program and resources.', {
    upgrades: ['project-5'],
  }),
  sku(lodos, 'project-5', 'Lodos Projects Plan 5', 55, 'Plan 3, with portfolios and demand.'),
  trial('project-3', lodos, 'Lodos Projects Plan 3'),
  sku(lodos, 'diagram-1', 'Lodos Diagram Plan 1', 5, 'Diagrams in the browser.', { upgrades: ['diagram-2'] }),
  sku(lodos, 'diagram-2', 'Lodos Diagram Plan 2', 15, 'Diagrams in the browser and on the desktop, linked to data.'),
]

const tools: readonly DemoSku[] = [
  sku(lodos, 'studio-pro', 'Lodos Studio Professional', 45, 'The development environment for teams.', {
    ways: 'year',
    upgrades: ['studio-ent'],
  }),
  sku(lodos, 'studio-ent', 'Lodos Studio Enterprise', 250, 'Professional, with architecture and test tools.', {
    ways: 'year',
  }),
  sku(lodos, 'repo-team', 'Lodos Repository Team', 4, 'Code, reviews and pipelines for a team.', {
    upgrades: ['repo-ent'],
  }),
  sku(lodos, 'repo-ent', 'Lodos Repository Enterprise', 21, 'Team, with single sign-on and audit.'),
  sku(lodos, 'repo-security', 'Lodos Repository Code Scanning', 49, 'Finds secrets and weak spots in code.', {
    ways: 'year',
    needs: ['repo-team', 'repo-ent'],
  }),
  sku(lodos, 'test-plans', 'Lodos Test Plans', 52, 'Manual and exploratory tests, planned and recorded.', {
    ways: 'year',
    needs: ['studio-pro', 'repo-ent'],
  }),
  sku(lodos, 'pipelines', 'Lodos Pipelines Minutes', 0.008, 'Build minutes beyond a plan.', {
    ways: 'usage',
    unit: '1 Minute',
  }),
  sku(lodos, 'server-std', 'Lodos Server 2026 Standard 16 Core', 1176, 'The server system for few virtual machines.', {
    ways: 'once',
    max: 500,
  }),
  sku(
    lodos,
    'server-dc',
    'Lodos Server 2026 Datacenter 16 Core',
    6771,
    'The server system for any number of virtual machines.',
    { ways: 'once', max: 500 },
  ),
  sku(lodos, 'server-cal-user', 'Lodos Server 2026 User CAL', 44, 'Access to servers for one person.', {
    ways: 'once',
  }),
  sku(lodos, 'server-cal-device', 'Lodos Server 2026 Device CAL', 36, 'Access to servers from one device.', {
    ways: 'once',
  }),
  sku(
    lodos,
    'data-server-std',
    'Lodos Data Server 2026 Standard 2 Core',
    3945,
    'The database server for departments.',
    { ways: 'once', max: 500 },
  ),
  sku(
    lodos,
    'data-server-ent',
    'Lodos Data Server 2026 Enterprise 2 Core',
    15_123,
    'The database server for everything.',
    { ways: 'once', max: 500 },
  ),
  sku(lodos, 'docs-2026', 'Lodos Docs 2026 Standard', 392, 'The desktop programs for one computer, bought once.', {
    ways: 'once',
  }),
  sku(
    lodos,
    'docs-2024',
    'Lodos Docs 2024 Standard',
    374,
    'The desktop programs of 2024 for one computer, bought once.',
    { ways: 'once', endOfSale: '3/31/2026 0:00' },
  ),
  sku(lodos, 'diagram-2026', 'Lodos Diagram 2026 Standard', 309, 'Diagrams on one computer, bought once.', {
    ways: 'once',
  }),
  sku(lodos, 'server-sub-std', 'Lodos Server Standard 8 Core Subscription', 16, 'The server system by subscription.', {
    ways: 'annual',
  }),
  sku(
    lodos,
    'data-server-sub',
    'Lodos Data Server Standard 2 Core Subscription',
    117,
    'The database server by subscription.',
    { ways: 'annual' },
  ),
]

const security: readonly DemoSku[] = [
  sku(meltem, 'ep-basic', 'Meltem Endpoint Basic', 2.5, 'Protection against malware, for up to 300 people.', {
    max: 300,
    upgrades: ['ep-advanced', 'ep-complete'],
  }),
  sku(meltem, 'ep-advanced', 'Meltem Endpoint Advanced', 4.2, 'Basic, with exploit protection and web control.', {
    upgrades: ['ep-complete'],
  }),
  sku(meltem, 'ep-complete', 'Meltem Endpoint Complete', 6.9, 'Advanced, with detection, response and hunting.', {
    tiers: [
      [250, 0.92],
      [1000, 0.85],
    ],
  }),
  trial('ep-advanced', meltem, 'Meltem Endpoint Advanced'),
  sku(meltem, 'ep-server', 'Meltem Endpoint for Servers', 9.5, 'Protection for one server.', {
    ways: 'year',
    needs: ['ep-advanced', 'ep-complete'],
  }),
  sku(meltem, 'ep-mobile', 'Meltem Endpoint Mobile', 1.6, 'Protection for phones and tablets.', {
    ways: 'year',
    needs: ['ep-basic', 'ep-advanced', 'ep-complete'],
  }),
  sku(meltem, 'mdr', 'Meltem Managed Response', 8.4, 'Analysts who watch and act around the clock.', {
    ways: 'year',
    min: 25,
    needs: ['ep-complete'],
  }),
  sku(meltem, 'mailsec-standard', 'Meltem Mail Shield Standard', 1.8, 'Stops spam, viruses and forged senders.', {
    upgrades: ['mailsec-advanced'],
  }),
  sku(meltem, 'mailsec-advanced', 'Meltem Mail Shield Advanced', 3.4, 'Standard, with safe links and attachments.'),
  trial('mailsec-advanced', meltem, 'Meltem Mail Shield Advanced'),
  sku(meltem, 'awareness', 'Meltem Awareness Training', 1.4, 'Lessons and harmless phishing, in 24 languages.', {
    ways: 'year',
    min: 10,
  }),
  sku(meltem, 'vault-team', 'Meltem Vault Teams', 3.9, 'Shared passwords for small teams.', {
    max: 50,
    upgrades: ['vault-business'],
  }),
  sku(meltem, 'vault-business', 'Meltem Vault Business', 6.5, 'Vault, with single sign-on and reports.'),
  sku(meltem, 'vault-secrets', 'Meltem Vault for Developers', 4.8, 'Secrets for programs and pipelines.', {
    ways: 'year',
    needs: ['vault-business'],
  }),
  sku(meltem, 'dlp', 'Meltem Data Guard', 5.2, 'Keeps confidential data where it belongs.', {
    ways: 'year',
    upgrades: ['dlp-plus'],
  }),
  sku(meltem, 'dlp-plus', 'Meltem Data Guard Plus', 8.1, 'Data Guard, with insider risk.', { ways: 'year' }),
  sku(meltem, 'vpn', 'Meltem Access', 5, 'Private access to single applications instead of a network.', {
    upgrades: ['vpn-plus'],
  }),
  sku(meltem, 'vpn-plus', 'Meltem Access Plus', 9, 'Access, with a secure web gateway.'),
  sku(meltem, 'firewall', 'Meltem Cloud Firewall', 118, 'A managed firewall for one location.', {
    ways: 'year',
    max: 1000,
  }),
  sku(meltem, 'siem', 'Meltem Log Watch', 2.46, 'Collects and correlates events, by gigabyte.', {
    ways: 'usage',
    unit: '1 GB',
    limit: [1, 'ConcurrentCount'],
  }),
  sku(meltem, 'siem-retention', 'Meltem Log Watch Retention', 0.1, 'Keeps events longer, by gigabyte and month.', {
    ways: 'usage',
    unit: '1 GB/Month',
  }),
  sku(meltem, 'scanner', 'Meltem Exposure Scan', 3, 'Finds weak spots in devices and networks.', {
    ways: 'year',
    min: 20,
  }),
  sku(meltem, 'legacy-av', 'Meltem Antivirus Classic', 1.5, 'The former protection, for those who still have it.', {
    ways: 'year',
    endOfSale: '6/30/2026 0:00',
    upgrades: ['ep-basic', 'ep-advanced'],
  }),
]

const works: readonly DemoSku[] = [
  sku(
    poyraz,
    'bk-work',
    'Poyraz Backup for Workplace',
    2.2,
    'Backs up mail, files and meetings; restores in minutes.',
    { needs: suites, upgrades: ['bk-work-plus'] },
  ),
  sku(
    poyraz,
    'bk-work-plus',
    'Poyraz Backup for Workplace Plus',
    3.6,
    'Backup, with archive for ten years and legal search.',
    { needs: suites },
  ),
  trial('bk-work-plus', poyraz, 'Poyraz Backup for Workplace Plus'),
  sku(poyraz, 'bk-endpoint', 'Poyraz Backup for Computers', 4.1, 'Continuous backup of one computer.', {
    ways: 'year',
  }),
  sku(poyraz, 'bk-server', 'Poyraz Backup for Servers', 24, 'Images of one server, kept in two places.', {
    ways: 'year',
    max: 5000,
  }),
  sku(poyraz, 'bk-store', 'Poyraz Backup Store', 0.021, 'Where backups lie, by gigabyte and month.', {
    ways: 'usage',
    unit: '1 GB/Month',
  }),
  sku(poyraz, 'recovery', 'Poyraz Disaster Recovery', 0.38, 'A server that starts elsewhere, by the hour it runs.', {
    ways: 'usage',
    unit: '1 Hour',
  }),
  sku(poyraz, 'sign-standard', 'Poyraz e-Signature Standard', 9, 'Electronic signatures on any document.', {
    upgrades: ['sign-premium'],
  }),
  sku(poyraz, 'sign-premium', 'Poyraz e-Signature Premium', 25, 'Standard, with templates, bulk sending and an API.'),
  sku(poyraz, 'sign-qualified', 'Poyraz e-Signature Qualified', 14, 'Qualified certificates by national rules.', {
    ways: 'annual',
    needs: ['sign-standard', 'sign-premium'],
    countries: 'TR;DE',
  }),
  sku(poyraz, 'e-invoice', 'Poyraz e-Invoice', 19, 'e-Fatura, e-Arşiv and e-İrsaliye through one connection.', {
    ways: 'year',
    countries: 'TR',
  }),
  sku(poyraz, 'e-ledger', 'Poyraz e-Ledger', 12, 'Legal ledgers, sealed and sent every month.', {
    ways: 'year',
    countries: 'TR',
    needs: ['e-invoice'],
  }),
  sku(poyraz, 'desk-team', 'Poyraz Helpdesk Team', 15, 'Tickets, knowledge and a portal.', {
    upgrades: ['desk-pro', 'desk-ent'],
  }),
  sku(poyraz, 'desk-pro', 'Poyraz Helpdesk Professional', 39, 'Team, with agreements, assets and surveys.', {
    upgrades: ['desk-ent'],
  }),
  sku(poyraz, 'desk-ent', 'Poyraz Helpdesk Enterprise', 69, 'Professional, with change and release management.'),
  trial('desk-pro', poyraz, 'Poyraz Helpdesk Professional'),
  sku(poyraz, 'monitor', 'Poyraz Monitoring', 6, 'Watches one server, service or network device.', {
    ways: 'year',
    min: 5,
    upgrades: ['monitor-plus'],
  }),
  sku(poyraz, 'monitor-plus', 'Poyraz Monitoring Plus', 11, 'Monitoring, with traces and logs.', {
    ways: 'year',
    min: 5,
  }),
  sku(poyraz, 'chat', 'Poyraz Web Chat', 19, 'A chat on your web site, with a bot that hands over.', { ways: 'year' }),
  sku(poyraz, 'learn', 'Poyraz Learning', 4, 'Courses, tests and certificates.', { ways: 'year', min: 10 }),
  sku(poyraz, 'board', 'Poyraz Whiteboard', 8, 'A wall without an end for workshops.', {
    upgrades: ['board-business'],
  }),
  sku(poyraz, 'board-business', 'Poyraz Whiteboard Business', 16, 'Whiteboard, with guests, templates and control.'),
  sku(poyraz, 'migrate', 'Poyraz Move', 12, 'Moves one mailbox with all that belongs to it.', {
    ways: 'once',
    max: 10_000,
  }),
  sku(poyraz, 'meet-pro-old', 'Poyraz Conference', 11, 'The former conference service.', {
    ways: 'year',
    endOfSale: '12/31/2027 0:00',
    upgrades: ['meet-standard', 'meet-premium'],
  }),
]

const sectors: readonly DemoSku[] = [
  sku(lodos, 'edu-a1', 'Lodos Workplace for Schools Faculty', 0, 'Mail, classes and web programs for teachers.', {
    ...school,
    limit: [1, 'ConcurrentCount'],
    upgrades: ['edu-a3', 'edu-a5'],
  }),
  sku(
    lodos,
    'edu-a1-student',
    'Lodos Workplace for Schools Student',
    0,
    'Mail, classes and web programs for students.',
    { ...school, limit: [1, 'ConcurrentCount'], upgrades: ['edu-a3-student', 'edu-a5-student'] },
  ),
  sku(
    lodos,
    'edu-a3',
    'Lodos Workplace for Schools Plus Faculty',
    3.75,
    'With desktop programs and device management.',
    { ...school, upgrades: ['edu-a5'] },
  ),
  sku(
    lodos,
    'edu-a3-student',
    'Lodos Workplace for Schools Plus Student',
    2.75,
    'With desktop programs and device management.',
    { ...school, upgrades: ['edu-a5-student'] },
  ),
  sku(
    lodos,
    'edu-a5',
    'Lodos Workplace for Schools Complete Faculty',
    8.8,
    'With protection, analytics and telephony.',
    school,
  ),
  sku(
    lodos,
    'edu-a5-student',
    'Lodos Workplace for Schools Complete Student',
    6.6,
    'With protection and analytics.',
    school,
  ),
  sku(lodos, 'edu-meet', 'Lodos Meetings for Schools', 2, 'Lessons for 300, with attendance.', school),
  sku(lodos, 'edu-bi', 'Lodos Analytics for Schools', 3, 'Reports for teachers and administrators.', school),
  sku(lodos, 'edu-studio', 'Lodos Studio for Schools', 6, 'The development environment for labs.', school),
  sku(meltem, 'edu-ep', 'Meltem Endpoint for Schools', 1.1, 'Protection for classrooms.', school),
  sku(poyraz, 'edu-learn', 'Poyraz Learning for Schools', 1.2, 'Courses, tests and certificates.', school),
  sku(poyraz, 'edu-backup', 'Poyraz Backup for Schools', 0.8, 'Backs up mail and classes.', {
    ...school,
    needs: ['edu-a1', 'edu-a3', 'edu-a5'],
  }),
  sku(lodos, 'np-basic', 'Lodos Workplace Basic for Charities', 0, 'Mail, meetings and files, granted to charities.', {
    ...charity,
    max: 300,
    limit: [1, 'ConcurrentCount'],
    upgrades: ['np-standard', 'np-premium'],
  }),
  sku(lodos, 'np-standard', 'Lodos Workplace Standard for Charities', 3, 'With the desktop programs.', {
    ...charity,
    upgrades: ['np-premium'],
  }),
  sku(
    lodos,
    'np-premium',
    'Lodos Workplace Premium for Charities',
    5.5,
    'With device management and protection.',
    charity,
  ),
  sku(lodos, 'np-bi', 'Lodos Analytics for Charities', 3, 'Reports for those who give and those who help.', charity),
  sku(lodos, 'np-crm', 'Lodos Donor Relations', 20, 'Donors, gifts and campaigns.', charity),
  sku(meltem, 'np-ep', 'Meltem Endpoint for Charities', 1.25, 'Protection at a charity’s price.', charity),
  sku(poyraz, 'np-backup', 'Poyraz Backup for Charities', 1.1, 'Backs up mail and files.', {
    ...charity,
    needs: ['np-basic', 'np-standard', 'np-premium'],
  }),
  sku(
    lodos,
    'gov-core',
    'Lodos Workplace for Government Core',
    11,
    'Mail, meetings and files in separate data centers.',
    { ...government, upgrades: ['gov-plus', 'gov-complete'] },
  ),
  sku(lodos, 'gov-plus', 'Lodos Workplace for Government Plus', 25, 'Core, with desktop programs and compliance.', {
    ...government,
    upgrades: ['gov-complete'],
  }),
  sku(
    lodos,
    'gov-complete',
    'Lodos Workplace for Government Complete',
    41,
    'Plus, with protection and analytics.',
    government,
  ),
  sku(lodos, 'gov-id', 'Lodos Identity for Government', 9.5, 'Access with cards and certificates.', government),
  sku(meltem, 'gov-ep', 'Meltem Endpoint for Government', 7.6, 'Protection with certified cryptography.', government),
  sku(poyraz, 'gov-sign', 'Poyraz e-Signature for Government', 12, 'Signatures by public rules.', government),
]

/** Everything the demo catalog sells. Publishers, products and prices are invented. */
export const demoSkus: readonly DemoSku[] = [
  ...workplace,
  ...meetings,
  ...platform,
  ...analytics,
  ...applications,
  ...tools,
  ...security,
  ...works,
  ...sectors,
]
