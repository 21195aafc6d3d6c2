import { makeStyles, tokens } from '@fluentui/react-components'
import { useFormats } from '../../ui/formats.tsx'

const useStyles = makeStyles({
  size: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
})

/** How large a file is, as people say it. */
export function SizeText({ bytes }: { bytes: number }) {
  const formats = useFormats()
  const [value, unit] =
    bytes < 1024 * 1024 ? [Math.max(1, Math.round(bytes / 1024)), 'KB'] : [bytes / 1024 / 1024, 'MB']
  return (
    <span className={useStyles().size}>
      {formats.number(Math.round(value * 10) / 10)} {unit}
    </span>
  )
}
