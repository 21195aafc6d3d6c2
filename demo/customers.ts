/** A customer of the demo world. */
export interface DemoCustomer {
  readonly legalName: string
  /** Domain prefix; also names it in the files of the demo world. */
  readonly prefix: string
  readonly country: string
  readonly city: string
  readonly district: string
  readonly state: string
  readonly street: string
  readonly postalCode: string
  readonly taxOffice: string
  /** First and last name of the primary contact. */
  readonly contact: readonly [string, string]
  /** Key of the provider. */
  readonly provider: string
  /** Key of the reseller it is associated with; null for none. */
  readonly reseller: string | null
  readonly segment: 'commercial' | 'education' | 'government' | 'charity'
  /** `ask`: has not accepted the customer agreement. `own…`: had a tenant of its own and answered, or not, a relationship request. */
  readonly how: 'attested' | 'ask' | 'ownAccepted' | 'ownPending' | 'ownDeclined'
}

// oxfmt-ignore
const turkish: readonly (readonly [string, string, string, string, string, string, string, string, string | null])[] = [
  ['Kaya Gıda Sanayi ve Ticaret A.Ş.', 'kayagida', 'İstanbul', 'Ümraniye', 'Alemdağ Caddesi 114', '34764', 'Ayşe', 'Kaya', 'marmara'],
  ['Işık Tekstil A.Ş.', 'isiktekstil', 'Bursa', 'Nilüfer', 'Organize Sanayi Bölgesi, Mavi Cadde 12', '16140', 'Hakan', 'Işık', 'marmara'],
  ['Tuna Lojistik Ltd. Şti.', 'tunalojistik', 'Kocaeli', 'Gebze', 'Sanayi Bulvarı 3', '41400', 'Derya', 'Tuna', 'marmara'],
  ['Çınar Mimarlık Ltd. Şti.', 'cinarmimarlik', 'İstanbul', 'Kadıköy', 'Moda Caddesi 41', '34710', 'Can', 'Çınar', 'marmara'],
  ['Güneş Sigorta Aracılık A.Ş.', 'gunessigorta', 'İstanbul', 'Şişli', 'Halaskargazi Caddesi 210', '34381', 'Sibel', 'Güneş', 'marmara'],
  ['Yıldız Otomotiv Yan Sanayi A.Ş.', 'yildizotomotiv', 'Sakarya', 'Arifiye', 'Vatan Caddesi 9', '54580', 'Murat', 'Yıldız', 'marmara'],
  ['Deniz Kozmetik Ltd. Şti.', 'denizkozmetik', 'İstanbul', 'Beykoz', 'Riva Yolu 17', '34810', 'Nihan', 'Deniz', 'marmara'],
  ['Şahin Hukuk Bürosu', 'sahinhukuk', 'İstanbul', 'Beşiktaş', 'Barbaros Bulvarı 76', '34353', 'Orhan', 'Şahin', 'marmara'],
  ['Öncü Eğitim Kurumları', 'oncuegitim', 'Tekirdağ', 'Çorlu', 'Atatürk Bulvarı 58', '59850', 'Leyla', 'Öncü', 'marmara'],
  ['İpekyolu Turizm A.Ş.', 'ipekyoluturizm', 'İstanbul', 'Fatih', 'Divan Yolu Caddesi 22', '34122', 'Kemal', 'İpek', 'marmara'],
  ['Ege Zeytincilik Kooperatifi', 'egezeytin', 'Balıkesir', 'Ayvalık', 'Sahil Yolu 5', '10400', 'Füsun', 'Akın', 'ege'],
  ['Efes Seramik Sanayi A.Ş.', 'efesseramik', 'İzmir', 'Selçuk', 'Atatürk Caddesi 88', '35920', 'Levent', 'Efe', 'ege'],
  ['Körfez Denizcilik Ltd. Şti.', 'korfezdenizcilik', 'İzmir', 'Konak', 'Kordon 140', '35210', 'Banu', 'Körfez', 'ege'],
  ['Bergama Arıcılık Ltd. Şti.', 'bergamaaricilik', 'İzmir', 'Bergama', 'Kozak Yolu 2', '35700', 'Tarık', 'Balcı', 'ege'],
  ['Pamukkale Mermer A.Ş.', 'pamukkalemermer', 'Denizli', 'Pamukkale', 'Karahayıt Yolu 31', '20190', 'Esra', 'Taş', 'ege'],
  ['Menderes Tarım Makineleri A.Ş.', 'menderestarim', 'Aydın', 'Nazilli', 'Sümer Sokak 19', '09800', 'Sinan', 'Menderes', 'ege'],
  ['Bodrum Yat İşletmeciliği A.Ş.', 'bodrumyat', 'Muğla', 'Bodrum', 'Neyzen Tevfik Caddesi 66', '48400', 'Pelin', 'Yelken', 'ege'],
  ['Uşak Halı Dokuma Ltd. Şti.', 'usakhali', 'Uşak', 'Merkez', 'İsmet Paşa Caddesi 7', '64100', 'Cemal', 'Uşaklı', 'ege'],
  ['Karadeniz Fındık İhracat A.Ş.', 'karadenizfindik', 'Ordu', 'Altınordu', 'Sırrı Paşa Caddesi 45', '52100', 'Gülay', 'Ordulu', 'karadeniz'],
  ['Rize Çay Paketleme Ltd. Şti.', 'rizecay', 'Rize', 'Merkez', 'Menderes Bulvarı 103', '53020', 'Temel', 'Çaykara', 'karadeniz'],
  ['Yeşilırmak Enerji A.Ş.', 'yesilirmakenerji', 'Samsun', 'İlkadım', 'Gazi Caddesi 12', '55030', 'Aslı', 'Irmak', 'karadeniz'],
  ['Zonguldak Makine Ltd. Şti.', 'zonguldakmakine', 'Zonguldak', 'Merkez', 'Liman Caddesi 24', '67030', 'Ferhat', 'Maden', 'karadeniz'],
  ['Trabzon Özel Sağlık Hizmetleri A.Ş.', 'trabzonsaglik', 'Trabzon', 'Ortahisar', 'Maraş Caddesi 38', '61200', 'Hülya', 'Sağlam', 'karadeniz'],
  ['Çukurova Pamuk A.Ş.', 'cukurovapamuk', 'Adana', 'Seyhan', 'Turhan Cemal Beriker Bulvarı 55', '01060', 'Rıza', 'Çukur', 'toros'],
  ['Mersin Narenciye Ltd. Şti.', 'mersinnarenciye', 'Mersin', 'Akdeniz', 'İsmet İnönü Bulvarı 71', '33060', 'Selma', 'Turunç', 'toros'],
  ['Hatay Baharat Ticaret', 'hataybaharat', 'Hatay', 'Antakya', 'Kurtuluş Caddesi 16', '31030', 'Yusuf', 'Asi', 'toros'],
  ['Çanakkale Seracılık Ltd. Şti.', 'canakkaleseracilik', 'Çanakkale', 'Biga', 'Çan Caddesi 8', '17200', 'Meral', 'Sera', 'truva'],
  ['Gelibolu Konserve A.Ş.', 'gelibolukonserve', 'Çanakkale', 'Gelibolu', 'Hamzakoy Sokak 1', '17500', 'Bülent', 'Balıkçı', 'truva'],
  ['Assos Butik Otelcilik Ltd. Şti.', 'assosotel', 'Çanakkale', 'Ayvacık', 'Behramkale Köyü 14', '17860', 'Nil', 'Assos', 'truva'],
  ['Başkent Danışmanlık A.Ş.', 'baskentdanismanlik', 'Ankara', 'Çankaya', 'Tunalı Hilmi Caddesi 92', '06680', 'Özge', 'Başaran', null],
  ['Anadolu Yapı Malzemeleri A.Ş.', 'anadoluyapi', 'Kayseri', 'Melikgazi', 'Sivas Caddesi 120', '38030', 'Nevzat', 'Yapıcı', null],
  ['Konya Un Fabrikaları A.Ş.', 'konyaun', 'Konya', 'Selçuklu', 'Ankara Yolu 6. km', '42300', 'Fatma', 'Değirmenci', null],
  ['Umut Yardımlaşma Vakfı', 'umutvakfi', 'Ankara', 'Altındağ', 'Hacı Bayram Sokak 3', '06050', 'İrem', 'Umut', null],
  ['Van Gölü Turizm Ltd. Şti.', 'vangoluturizm', 'Van', 'Edremit', 'Sahil Yolu 30', '65170', 'Şeyda', 'Van', null],
]

// oxfmt-ignore
const american: readonly (readonly [string, string, string, string, string, string, string, string, string | null])[] = [
  ['Cedar Hollow Dental Group, PC', 'cedarhollow', 'Portland', 'OR', '1400 NE Broadway', '97232', 'Laura', 'Whitaker', 'evergreen'],
  ['Redwood Outfitters, Inc.', 'redwoodoutfitters', 'Eugene', 'OR', '88 Willamette Street', '97401', 'Peter', 'Lang', 'evergreen'],
  ['Cascadia Brewing Company', 'cascadiabrewing', 'Bend', 'OR', '512 Galveston Avenue', '97703', 'Molly', 'Keane', 'evergreen'],
  ['Harborview Legal, LLP', 'harborviewlegal', 'Seattle', 'WA', '999 Second Avenue', '98104', 'Arthur', 'Cole', 'evergreen'],
  ['Willow Creek School District', 'willowcreeksd', 'Salem', 'OR', '230 Church Street', '97301', 'Denise', 'Ramirez', 'evergreen'],
  ['Silver Falls Manufacturing, Inc.', 'silverfalls', 'Tacoma', 'WA', '4100 Pacific Highway', '98424', 'George', 'Tran', 'evergreen'],
  ['Juniper Health Clinics', 'juniperhealth', 'Boise', 'ID', '77 Idaho Street', '83702', 'Karen', 'Holt', 'evergreen'],
  ['Three Sisters Realty, LLC', 'threesisters', 'Bend', 'OR', '15 Wall Street', '97701', 'Tom', 'Bishop', 'evergreen'],
  ['Piedmont Textiles, Inc.', 'piedmonttextiles', 'Greensboro', 'NC', '620 Elm Street', '27401', 'Sandra', 'Moore', 'blueridge'],
  ['Carolina Peach Growers Cooperative', 'carolinapeach', 'Spartanburg', 'SC', '45 Orchard Road', '29301', 'Jim', 'Calloway', 'blueridge'],
  ['Appalachian Furniture Works', 'appfurniture', 'Hickory', 'NC', '1901 Main Avenue', '28602', 'Ruth', 'Dawson', 'blueridge'],
  ['Blue Lantern Media, LLC', 'bluelantern', 'Charlotte', 'NC', '301 Tryon Street', '28202', 'Kevin', 'Shaw', 'blueridge'],
  ['Smoky Mountain Rescue Mission', 'smokyrescue', 'Knoxville', 'TN', '12 Gay Street', '37902', 'Angela', 'Price', 'blueridge'],
  ['Old Dominion Surveying, PLLC', 'olddominion', 'Roanoke', 'VA', '410 Campbell Avenue', '24016', 'Walter', 'Finch', 'blueridge'],
  ['Hill Country Winery, LP', 'hillcountrywinery', 'Fredericksburg', 'TX', '2200 Wine Road', '78624', 'Carla', 'Becker', 'lonestar'],
  ['Pecan Street Payroll, Inc.', 'pecanstreet', 'Austin', 'TX', '600 Congress Avenue', '78701', 'Ron', 'Alvarez', 'lonestar'],
  ['Gulf Breeze Shipping, LLC', 'gulfbreeze', 'Galveston', 'TX', '3 Harborside Drive', '77550', 'Denny', 'Fontaine', 'lonestar'],
  ['Lakefront Analytics, Inc.', 'lakefront', 'Chicago', 'IL', '180 Wacker Drive', '60606', 'Priya', 'Raman', null],
  ['Sunrise Solar Installers, LLC', 'sunrisesolar', 'Phoenix', 'AZ', '2020 Camelback Road', '85016', 'Luis', 'Moreno', null],
  ['City of Maple Falls', 'maplefalls', 'Maple Falls', 'WA', '1 Town Hall Square', '98266', 'Joan', 'Petersen', null],
  ['Granite Peak Engineering, PC', 'granitepeak', 'Denver', 'CO', '1700 Lincoln Street', '80203', 'Alan', 'Stone', null],
]

const segments: Readonly<Record<string, DemoCustomer['segment']>> = {
  oncuegitim: 'education',
  umutvakfi: 'charity',
  willowcreeksd: 'education',
  smokyrescue: 'charity',
  maplefalls: 'government',
}

/** They are asked for the customer agreement, and have not accepted it. */
const asked = ['vangoluturizm', 'assosotel', 'granitepeak']

const own = { district: '', state: '', taxOffice: '', segment: 'commercial', provider: 'bogazici' } as const

/** Sixty customers, each in the region of its provider. */
export const customers: readonly DemoCustomer[] = [
  ...turkish.map(([legalName, prefix, city, district, street, postalCode, first, last, reseller]): DemoCustomer => ({
    legalName,
    prefix,
    country: 'TR',
    city,
    district,
    state: '',
    street,
    postalCode,
    taxOffice: `${city} Kurumlar`,
    contact: [first, last],
    provider: 'bogazici',
    reseller,
    segment: segments[prefix] ?? 'commercial',
    how: asked.includes(prefix) ? 'ask' : 'attested',
  })),
  ...american.map(([legalName, prefix, city, state, street, postalCode, first, last, reseller]): DemoCustomer => ({
    legalName,
    prefix,
    country: 'US',
    city,
    district: '',
    state,
    street,
    postalCode,
    taxOffice: '',
    contact: [first, last],
    provider: 'cascade',
    reseller,
    segment: segments[prefix] ?? 'commercial',
    how: asked.includes(prefix) ? 'ask' : 'attested',
  })),
  {
    ...own,
    legalName: 'Bakü Ticaret Evi MMC',
    prefix: 'bakuticaret',
    country: 'AZ',
    city: 'Bakı',
    street: 'Nizami küçəsi 88',
    postalCode: 'AZ1010',
    contact: ['Aygün', 'Məmmədova'],
    reseller: 'karadeniz',
    how: 'attested',
  },
  {
    ...own,
    legalName: 'Göreme Balonculuk A.Ş.',
    prefix: 'goremebalon',
    country: 'TR',
    city: 'Nevşehir',
    street: 'Müze Caddesi 21',
    postalCode: '50180',
    taxOffice: 'Nevşehir',
    contact: ['Ateş', 'Göreme'],
    reseller: 'marmara',
    how: 'ownAccepted',
  },
  {
    ...own,
    legalName: 'Likya Yolu Kitabevi Ltd. Şti.',
    prefix: 'likyayolukitap',
    country: 'TR',
    city: 'Antalya',
    street: 'Atatürk Caddesi 64',
    postalCode: '07040',
    taxOffice: 'Antalya Kurumlar',
    contact: ['Sevgi', 'Yolcu'],
    reseller: null,
    how: 'ownAccepted',
  },
  {
    ...own,
    legalName: 'Harran Tohumculuk A.Ş.',
    prefix: 'harrantohum',
    country: 'TR',
    city: 'Şanlıurfa',
    street: 'Atatürk Bulvarı 10',
    postalCode: '63300',
    taxOffice: 'Şanlıurfa',
    contact: ['Halil', 'Harran'],
    reseller: 'marmara',
    how: 'ownPending',
  },
  {
    ...own,
    legalName: 'Erciyes Spor Malzemeleri Ltd. Şti.',
    prefix: 'erciyesspor',
    country: 'TR',
    city: 'Kayseri',
    street: 'Hisarcık Yolu 4',
    postalCode: '38080',
    taxOffice: 'Kayseri',
    contact: ['Oya', 'Zirve'],
    reseller: null,
    how: 'ownDeclined',
  },
]
