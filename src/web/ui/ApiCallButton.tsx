import { Button } from '@fluentui/react-components'
import { CodeRegular } from '@fluentui/react-icons/svg/code'
import { useTranslation } from 'react-i18next'
import { asCurl } from '../api.ts'
import type { Write } from '../api.ts'
import { useCopy } from './CopyButton.tsx'
import { toast } from './Toasts.tsx'
import { Tooltip } from './Tooltip.tsx'

/** Copies what the page is about to send as a line for a shell. Never give it a write that holds a password. */
export function ApiCallButton({ write, small = false }: { write: Write<unknown>; small?: boolean }) {
  const { t } = useTranslation()
  const { copy } = useCopy()
  const press = async () => {
    if (await copy(asCurl(write), t('apiCall.copied'))) toast({ text: t('apiCall.copied') })
  }
  if (!small) {
    return (
      <Button appearance="subtle" icon={<CodeRegular />} onClick={() => void press()}>
        {t('apiCall.copy')}
      </Button>
    )
  }
  return (
    <Tooltip content={t('apiCall.copy')} relationship="label">
      <Button appearance="subtle" size="small" icon={<CodeRegular />} onClick={() => void press()} />
    </Tooltip>
  )
}
