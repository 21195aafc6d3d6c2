import type { Locale } from '../src/platform/context.ts'

/** How a reseller of the demo world stands; each state shows one answer of the product. */
export type ResellerState =
  /** A partner that may trade. */
  | 'partner'
  /** A partner that has not signed the partner agreement. */
  | 'unsigned'
  /** A partner that the program suspended. */
  | 'suspended'
  /** May trade and has an open invitation. */
  | 'invited'
  /** Was a partner until the partnership was removed. */
  | 'ended'
  /** Its enrollment is being checked. */
  | 'pending'
  /** Has an account and is not enrolled. */
  | 'notEnrolled'
  /** May trade, in another region. */
  | 'otherRegion'

export interface DemoParty {
  /** Names it in the files of the demo world. */
  readonly key: string
  readonly legalName: string
  readonly name: string
  readonly country: string
  readonly city: string
  readonly state: string
  readonly addressLine1: string
  readonly postalCode: string
  readonly registrationNumber: string | null
  /** Its people's addresses and user names end with it. */
  readonly domain: string
  readonly phone: string
  readonly globalId: string
  /** The first is the one it trades under. */
  readonly locationIds: readonly string[]
  readonly locale: Locale
}

export interface DemoReseller extends DemoParty {
  readonly standing: ResellerState
  /** Key of the provider it deals with; null when with none. */
  readonly provider: string | null
}

export const operator: Omit<DemoParty, 'globalId' | 'locationIds' | 'registrationNumber'> = {
  key: 'program',
  legalName: 'Cloud Program Office',
  name: 'Program Office',
  country: 'US',
  city: 'Redmond',
  state: 'WA',
  addressLine1: '400 Program Way',
  postalCode: '98052',
  domain: 'program.example',
  phone: '+1 425 555 0100',
  locale: 'en',
}

export const providers: readonly DemoParty[] = [
  {
    key: 'bogazici',
    legalName: 'Boğaziçi Bulut Dağıtım A.Ş.',
    name: 'Boğaziçi Bulut',
    country: 'TR',
    city: 'İstanbul',
    state: '',
    addressLine1: 'Büyükdere Caddesi 185, Levent',
    postalCode: '34394',
    registrationNumber: '1870456321',
    domain: 'bogazici.example',
    phone: '+90 212 555 01 00',
    globalId: '4810100',
    locationIds: ['4810101'],
    locale: 'tr',
  },
  {
    key: 'cascade',
    legalName: 'Cascade Cloud Distribution, Inc.',
    name: 'Cascade Cloud',
    country: 'US',
    city: 'Seattle',
    state: 'WA',
    addressLine1: '1201 Third Avenue, Suite 2200',
    postalCode: '98101',
    registrationNumber: '911234567',
    domain: 'cascade.example',
    phone: '+1 206 555 0142',
    globalId: '4820100',
    locationIds: ['4820101'],
    locale: 'en',
  },
]

const turkish = { country: 'TR', state: '', locale: 'tr', provider: 'bogazici' } as const
const american = { country: 'US', locale: 'en', provider: 'cascade' } as const

export const resellers: readonly DemoReseller[] = [
  {
    ...turkish,
    key: 'marmara',
    standing: 'partner',
    legalName: 'Marmara Bilişim Hizmetleri Ltd. Şti.',
    name: 'Marmara Bilişim',
    city: 'İstanbul',
    addressLine1: 'Kısıklı Caddesi 28, Üsküdar',
    postalCode: '34662',
    registrationNumber: '6120458793',
    domain: 'marmara.example',
    phone: '+90 216 555 02 10',
    globalId: '5310100',
    locationIds: ['5310101', '5310102'],
  },
  {
    ...turkish,
    key: 'ege',
    standing: 'partner',
    legalName: 'Ege Yazılım ve Danışmanlık A.Ş.',
    name: 'Ege Yazılım',
    city: 'İzmir',
    addressLine1: 'Şehit Nevres Bulvarı 14, Alsancak',
    postalCode: '35210',
    registrationNumber: '3250789114',
    domain: 'ege.example',
    phone: '+90 232 555 03 20',
    globalId: '5320100',
    locationIds: ['5320101'],
  },
  {
    ...turkish,
    key: 'karadeniz',
    standing: 'partner',
    legalName: 'Karadeniz Teknoloji Çözümleri Ltd. Şti.',
    name: 'Karadeniz Teknoloji',
    city: 'Trabzon',
    addressLine1: 'Uzun Sokak 61, Ortahisar',
    postalCode: '61030',
    registrationNumber: '5240367718',
    domain: 'karadeniz.example',
    phone: '+90 462 555 04 30',
    globalId: '5330100',
    locationIds: ['5330101'],
  },
  {
    ...turkish,
    key: 'toros',
    standing: 'unsigned',
    legalName: 'Toros Danışmanlık ve Bilişim A.Ş.',
    name: 'Toros Danışmanlık',
    city: 'Adana',
    addressLine1: 'Ziyapaşa Bulvarı 33, Seyhan',
    postalCode: '01140',
    registrationNumber: '8450912264',
    domain: 'toros.example',
    phone: '+90 322 555 05 40',
    globalId: '5340100',
    locationIds: ['5340101'],
  },
  {
    ...turkish,
    key: 'truva',
    standing: 'ended',
    legalName: 'Truva Bilgisayar Sistemleri Ltd. Şti.',
    name: 'Truva Bilgisayar',
    city: 'Çanakkale',
    addressLine1: 'Kayserili Ahmet Paşa Caddesi 9',
    postalCode: '17100',
    registrationNumber: '8590234471',
    domain: 'truva.example',
    phone: '+90 286 555 06 50',
    globalId: '5350100',
    locationIds: ['5350101'],
  },
  {
    ...turkish,
    key: 'firat',
    standing: 'invited',
    legalName: 'Fırat Ağ Çözümleri A.Ş.',
    name: 'Fırat Ağ',
    city: 'Elazığ',
    addressLine1: 'Gazi Caddesi 52',
    postalCode: '23100',
    registrationNumber: '3870145526',
    domain: 'firat.example',
    phone: '+90 424 555 07 60',
    globalId: '5360100',
    locationIds: ['5360101'],
  },
  {
    ...turkish,
    key: 'hitit',
    standing: 'pending',
    legalName: 'Hitit Bulut Hizmetleri Ltd. Şti.',
    name: 'Hitit Bulut',
    city: 'Çorum',
    addressLine1: 'İnönü Caddesi 77',
    postalCode: '19030',
    registrationNumber: '4630781195',
    domain: 'hitit.example',
    phone: '+90 364 555 08 70',
    globalId: '5370100',
    locationIds: ['5370101'],
  },
  {
    ...turkish,
    key: 'likya',
    standing: 'notEnrolled',
    provider: null,
    legalName: 'Likya Yazılım Ltd. Şti.',
    name: 'Likya Yazılım',
    city: 'Antalya',
    addressLine1: 'Işıklar Caddesi 18, Muratpaşa',
    postalCode: '07100',
    registrationNumber: '6080912347',
    domain: 'likya.example',
    phone: '+90 242 555 09 80',
    globalId: '5380100',
    locationIds: [],
  },
  {
    key: 'rhein',
    standing: 'otherRegion',
    provider: null,
    legalName: 'Rhein IT-Service GmbH',
    name: 'Rhein IT-Service',
    country: 'DE',
    city: 'Köln',
    state: '',
    addressLine1: 'Hohenzollernring 84',
    postalCode: '50672',
    registrationNumber: 'HRB 84712',
    domain: 'rhein.example',
    phone: '+49 221 555 0190',
    globalId: '5390100',
    locationIds: ['5390101'],
    locale: 'en',
  },
  {
    ...american,
    key: 'evergreen',
    standing: 'partner',
    legalName: 'Evergreen Managed IT, LLC',
    name: 'Evergreen Managed IT',
    city: 'Portland',
    state: 'OR',
    addressLine1: '920 SW Sixth Avenue',
    postalCode: '97204',
    registrationNumber: '931234501',
    domain: 'evergreen.example',
    phone: '+1 503 555 0117',
    globalId: '5410100',
    locationIds: ['5410101', '5410102'],
  },
  {
    ...american,
    key: 'blueridge',
    standing: 'partner',
    legalName: 'Blue Ridge Technology Partners, Inc.',
    name: 'Blue Ridge Technology',
    city: 'Asheville',
    state: 'NC',
    addressLine1: '56 Patton Avenue',
    postalCode: '28801',
    registrationNumber: '561234502',
    domain: 'blueridge.example',
    phone: '+1 828 555 0163',
    globalId: '5420100',
    locationIds: ['5420101'],
  },
  {
    ...american,
    key: 'lonestar',
    standing: 'suspended',
    legalName: 'Lone Star Systems, LP',
    name: 'Lone Star Systems',
    city: 'Austin',
    state: 'TX',
    addressLine1: '701 Brazos Street',
    postalCode: '78701',
    registrationNumber: '741234503',
    domain: 'lonestar.example',
    phone: '+1 512 555 0128',
    globalId: '5430100',
    locationIds: ['5430101'],
  },
]
