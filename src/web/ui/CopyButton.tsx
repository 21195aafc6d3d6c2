import { Button } from '@fluentui/react-components'
import type { ButtonProps } from '@fluentui/react-components'
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from './announce.ts'
import { toast } from './Toasts.tsx'
import { Tooltip } from './Tooltip.tsx'

/**
 * Puts text on the clipboard; false when the browser refuses. Works without a secure context too, since self-hosted portals
 * are often reached by plain http inside a company.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.style.position = 'fixed'
    area.style.opacity = '0'
    const focused = document.activeElement
    document.body.append(area)
    area.select()
    // Deprecated, and the only way left outside a secure context.
    const done = document.execCommand('copy')
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
    return done
  }
}

/** Copies, shows a tick for two seconds and says so. `onCopied` is for pages that wait until it happened. */
export function useCopy(): { copied: boolean; copy: (text: string, said?: string) => Promise<boolean> } {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  return {
    copied,
    async copy(text, said) {
      const done = await copyText(text)
      setCopied(done)
      if (done) announce(said ?? t('copied'))
      else toast({ tone: 'error', text: t('copyFailed') })
      return done
    },
  }
}

/** Copies `text`. With `children` a button with a label, else an icon whose name is "Copy <name>". */
export function CopyButton({
  text,
  name,
  children,
  onCopied,
  ...rest
}: { text: string; name: string; onCopied?: () => void } & Pick<
  ButtonProps,
  'appearance' | 'size' | 'className' | 'children'
>) {
  const { t } = useTranslation()
  const { copied, copy } = useCopy()
  const icon = copied ? <CheckmarkRegular /> : <CopyRegular />
  const press = async () => {
    if (await copy(text)) onCopied?.()
  }
  if (children) {
    return (
      <Button {...rest} icon={icon} onClick={() => void press()}>
        {children}
      </Button>
    )
  }
  return (
    <Tooltip content={copied ? t('copied') : t('copyNamed', { name })} relationship="label" show={copied}>
      <Button appearance="subtle" size="small" {...rest} icon={icon} onClick={() => void press()} />
    </Tooltip>
  )
}
