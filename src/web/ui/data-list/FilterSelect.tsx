import { Select } from '@fluentui/react-components'

interface Props<Value extends string> {
  /** What is chosen among, for who does not see it. */
  readonly label: string
  readonly value: Value
  /** In their order; where nothing need be chosen, the first one's value is empty: “All kinds”. */
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChoose: (value: Value) => void
  readonly className?: string | undefined
}

/** A filter above a list. What is chosen belongs in the address. */
export function FilterSelect<Value extends string>({ label, value, options, onChoose, className }: Props<Value>) {
  return (
    <Select
      className={className}
      aria-label={label}
      value={value}
      onChange={(_, chosen) => {
        const found = options.find((one) => one.value === chosen.value)
        if (found) onChoose(found.value)
      }}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </Select>
  )
}
