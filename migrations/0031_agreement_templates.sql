-- The texts people agree to, in both languages, each meaning the same in either. A published text never changes: a better one
-- is a new version. Lines are paragraphs; a line that begins with a number is a point of its own. `{provider}` is filled in.
insert into agreement_templates (kind, version, language, effective_from, body) values
('removal_attestation', '2026-01', 'en', '2026-01-01',
'By ending this partnership you represent and agree that:
1. The decision is made in good faith.
2. It serves a legitimate business purpose.
3. It is in accordance with your agreement with the customer or the partner concerned.
4. You will defend the platform and the vendor against third-party claims to the contrary and hold them harmless.
5. If your agreement with the customer or the partner requires a legal notice of termination, you will give that notice yourself. This tool does not create or send it.'),
('removal_attestation', '2026-01', 'tr', '2026-01-01',
'Bu iş ortaklığını sona erdirerek aşağıdakileri beyan ve kabul edersiniz:
1. Karar iyi niyetle verilmiştir.
2. Karar meşru bir iş amacına dayanmaktadır.
3. Karar, ilgili müşteriyle veya iş ortağıyla yaptığınız sözleşmeye uygundur.
4. Aksini öne süren üçüncü taraf taleplerine karşı platformu ve üreticiyi savunacak ve zarardan koruyacaksınız.
5. Müşteriyle veya iş ortağıyla yaptığınız sözleşme fesih bildirimi gerektiriyorsa bildirimi kendiniz yapacaksınız. Bu araç bildirim oluşturmaz ve göndermez.'),

('order_attestation', '2026-01', 'en', '2026-01-01',
'I confirm that we act as an indirect partner when a reseller is chosen and as a direct partner when none is.'),
('order_attestation', '2026-01', 'tr', '2026-01-01',
'Bayi seçildiğinde dolaylı, seçilmediğinde doğrudan iş ortağı olarak hareket ettiğimizi onaylıyorum.'),

('partnership_authorization', '2026-01', 'en', '2026-01-01',
'I authorize {provider} to submit orders and add subscriptions for my customers.'),
('partnership_authorization', '2026-01', 'tr', '2026-01-01',
'{provider} şirketine müşterilerim adına sipariş gönderme ve abonelik ekleme yetkisi veriyorum.'),

('partner', '2026-01', 'en', '2026-01-01',
'Partner agreement
This agreement is between your company and the vendor. It applies to the region in which your company trades, and it is accepted once for that region by a global admin.
1. Role. An indirect provider buys from the vendor and sells through indirect resellers. An indirect reseller sells to its customers and has its orders placed by an indirect provider.
2. Region. You sell only to customers whose tenant is in a country of your region.
3. Customers. No order is placed before the customer has accepted the customer agreement. You do not sell to your own company or its affiliates.
4. Care for data. You use access to a customer''s tenant only for the work the customer granted it for, and only as long as needed.
5. Correctness. Company details, identifiers and contacts that you give are correct, and you keep them up to date.
6. Suspension. If you breach this agreement, new sales may be stopped. Existing subscriptions run on.
7. End. Either side may end this agreement in writing. Duties that exist at that time remain.'),
('partner', '2026-01', 'tr', '2026-01-01',
'İş ortağı sözleşmesi
Bu sözleşme şirketiniz ile üretici arasındadır. Şirketinizin faaliyet gösterdiği bölge için geçerlidir ve o bölge için bir kez, bir genel yönetici tarafından kabul edilir.
1. Rol. Dolaylı sağlayıcı üreticiden satın alır ve dolaylı bayiler aracılığıyla satar. Dolaylı bayi kendi müşterilerine satar; siparişlerini bir dolaylı sağlayıcı verir.
2. Bölge. Yalnızca kiracısı bölgenizdeki bir ülkede bulunan müşterilere satış yaparsınız.
3. Müşteriler. Müşteri, müşteri sözleşmesini kabul etmeden sipariş verilmez. Kendi şirketinize veya bağlı kuruluşlarınıza satış yapmazsınız.
4. Verilerin korunması. Bir müşterinin kiracısına erişimi yalnızca müşterinin izin verdiği iş için ve gerektiği süre boyunca kullanırsınız.
5. Doğruluk. Verdiğiniz şirket bilgileri, kimlikler ve ilgili kişiler doğrudur; bunları güncel tutarsınız.
6. Askıya alma. Bu sözleşmeye aykırı davranırsanız yeni satışlar durdurulabilir. Var olan abonelikler sürer.
7. Sona erme. Taraflardan her biri sözleşmeyi yazılı olarak sona erdirebilir. O sırada var olan yükümlülükler sürer.'),

('customer', '2026-01', 'en', '2026-01-01',
'Customer agreement
This agreement is between your company and the vendor whose cloud services you use. Your partner arranges the subscriptions and invoices them.
1. Services. You may use the services you subscribed to for the term and the number of licenses ordered.
2. Users. You are responsible for what your users do with the services, and for keeping their sign-in details safe.
3. Data. Your data stays yours. It is processed only to provide the services and to meet legal duties.
4. Access. Partners have the access that you grant them. You can end it at any time.
5. Payment. Prices and payment are agreed between you and your partner.
6. Term. A subscription runs until the end of its term. When it ends, you can take your data out for a limited time.'),
('customer', '2026-01', 'tr', '2026-01-01',
'Müşteri sözleşmesi
Bu sözleşme şirketiniz ile bulut hizmetlerini kullandığınız üretici arasındadır. Abonelikleri iş ortağınız düzenler ve faturalar.
1. Hizmetler. Abone olduğunuz hizmetleri, sipariş edilen dönem ve lisans sayısı için kullanabilirsiniz.
2. Kullanıcılar. Kullanıcılarınızın hizmetlerle yaptıklarından ve oturum açma bilgilerinin korunmasından siz sorumlusunuz.
3. Veriler. Verileriniz size aittir. Yalnızca hizmetleri sunmak ve yasal yükümlülükleri yerine getirmek için işlenir.
4. Erişim. İş ortaklarının erişimi sizin verdiğiniz kadardır. Erişimi istediğiniz zaman sona erdirebilirsiniz.
5. Ödeme. Fiyatlar ve ödeme, sizinle iş ortağınız arasında kararlaştırılır.
6. Dönem. Abonelik, döneminin sonuna kadar sürer. Sona erdiğinde verilerinizi sınırlı bir süre boyunca alabilirsiniz.');
