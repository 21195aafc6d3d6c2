import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attachmentEndings, attachmentLimits, endingOf } from '../../../features/support/rules.ts'
import { api } from '../../api.ts'
import { useErrorText } from '../../ui/errors.ts'
import { announce } from '../../ui/announce.ts'
import { newId } from '../../ui/useWrite.ts'
import { Uploaded } from './service-request.ts'

/** A file on its way into a message: `share` of it was sent, from 0 to 1; `id` once the server has it. */
export interface Attachment {
  readonly key: string
  readonly name: string
  readonly sizeBytes: number
  readonly share: number
  readonly id?: string
  readonly problem?: string
}

export interface Attachments {
  readonly files: readonly Attachment[]
  /** Ids of what the server has, for the message. */
  readonly ids: readonly string[]
  readonly sending: boolean
  /** What was wrong with the files that were chosen last. */
  readonly problems: readonly string[]
  readonly add: (files: readonly File[]) => void
  readonly remove: (key: string) => void
  readonly clear: () => void
}

/** Sends files as soon as they are chosen, and keeps what is known of each, until the message they go along with is sent. */
export function useAttachments(): Attachments {
  const { t } = useTranslation('support')
  const errorText = useErrorText()
  const [files, setFiles] = useState<readonly Attachment[]>([])
  const [problems, setProblems] = useState<readonly string[]>([])
  const running = useRef(new Map<string, AbortController>())

  const change = useCallback((key: string, values: Partial<Attachment>) => {
    setFiles((before) => before.map((file) => (file.key === key ? { ...file, ...values } : file)))
  }, [])

  const send = async (key: string, file: File) => {
    const stop = new AbortController()
    running.current.set(key, stop)
    const form = new FormData()
    form.set('file', file)
    try {
      const { id } = await api.upload('/portal/v1/service-request-attachments', form, {
        reply: Uploaded,
        requestId: key,
        signal: stop.signal,
        onProgress: (share) => change(key, { share }),
      })
      change(key, { share: 1, id })
      announce(t('attach.ready', { name: file.name }))
    } catch (error) {
      if (stop.signal.aborted) return
      const problem = `${t('attach.failed', { name: file.name })} ${errorText(error)}`
      change(key, { problem })
      announce(problem)
    } finally {
      running.current.delete(key)
    }
  }

  const add = (chosen: readonly File[]) => {
    const found: string[] = []
    const good: { readonly key: string; readonly file: File }[] = []
    for (const file of chosen) {
      if (file.size > attachmentLimits.bytes) found.push(t('attach.tooLarge', { name: file.name }))
      else if (!attachmentEndings.includes(endingOf(file.name))) found.push(t('attach.wrongType', { name: file.name }))
      else if (files.length + good.length >= attachmentLimits.perMessage) {
        if (!found.includes(t('attach.tooMany'))) found.push(t('attach.tooMany'))
      } else good.push({ key: newId(), file })
    }
    setProblems(found)
    setFiles((before) => [
      ...before,
      ...good.map(({ key, file }) => ({ key, name: file.name, sizeBytes: file.size, share: 0 })),
    ])
    for (const { key, file } of good) void send(key, file)
  }

  const remove = (key: string) => {
    running.current.get(key)?.abort()
    setFiles((before) => before.filter((file) => file.key !== key))
    setProblems([])
  }

  return {
    files,
    ids: files.flatMap(({ id }) => (id === undefined ? [] : [id])),
    sending: files.some(({ id, problem }) => id === undefined && problem === undefined),
    problems,
    add,
    remove,
    clear: () => {
      setFiles([])
      setProblems([])
    },
  }
}
