import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOutMail } from './mail-layout.ts'

const url = 'https://kanal.example.com'

test('a mail is laid out as text and as HTML with the same words and links', () => {
  const { text, html } = layOutMail(url, 'tr', 'Konu', {
    paragraphs: ['Işık Gıda yenileniyor.'],
    lists: [{ heading: '7 gün', rows: [{ title: 'Business', detail: '5 lisans', path: '/customers/1' }] }],
    action: { label: 'Radarı açın', path: '/renewals' },
    footer: 'Neden aldınız.',
  })

  assert.equal(
    text,
    `Işık Gıda yenileniyor.\n\n7 gün\n- Business: 5 lisans\n\nRadarı açın: ${url}/renewals\n\n-- \nNeden aldınız.\n`,
  )
  assert.match(html, /^<!doctype html>\s+<html lang="tr">/)
  for (const word of ['Işık Gıda yenileniyor.', '7 gün', `${url}/customers/1`, '5 lisans', `${url}/renewals`]) {
    assert.ok(html.includes(word), word)
  }
})

test('what people are called cannot become markup', () => {
  const evil = `</title><script>alert("1")</script>&'`
  const { html } = layOutMail(url, 'en', evil, {
    paragraphs: [evil],
    lists: [{ heading: evil, rows: [{ title: evil, detail: evil, path: '/x"onclick="y' }] }],
    action: { label: evil, path: '/x' },
    footer: evil,
  })

  assert.ok(!html.includes('<script'))
  assert.ok(!html.includes('"onclick="'))
  assert.equal(html.split('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;').length - 1, 7)
})
