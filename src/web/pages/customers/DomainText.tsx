import { Fragment } from 'react'

/** A domain, which breaks before its dots where it does not fit on a line. */
export function DomainText({ name }: { name: string }) {
  return name.split('.').map((label, index) => (
    <Fragment key={`${index} ${label}`}>
      {index > 0 && (
        <>
          <wbr />.
        </>
      )}
      {label}
    </Fragment>
  ))
}
