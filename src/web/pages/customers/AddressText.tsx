import { useFormats } from '../../ui/formats.tsx'
import type { Company } from './customer.ts'

/** An address in lines, as it stands on a letter. */
export function AddressText({ company }: { company: Company }) {
  const formats = useFormats()
  const lines = [
    company.addressLine1,
    company.addressLine2,
    [company.postalCode, company.district, company.city].filter((part) => part !== '').join(' '),
    company.state,
    formats.country(company.country),
  ].filter((line) => line !== '')
  return (
    <>
      {lines.map((line) => (
        <span key={line} style={{ display: 'block' }}>
          {line}
        </span>
      ))}
    </>
  )
}
