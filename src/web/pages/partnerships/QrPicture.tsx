import { QRCodeSVG } from 'qrcode.react'

/** A QR code, dark on white in every theme, since cameras want it so. */
export function QrPicture({ text, title }: { text: string; title: string }) {
  return <QRCodeSVG value={text} size={256} marginSize={4} title={title} role="img" />
}
