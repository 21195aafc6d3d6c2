import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import type { HelpTopic } from '../../links.ts'

const Topic = z.object({
  title: z.string(),
  lead: z.string(),
  sections: z.array(z.object({ title: z.string(), text: z.array(z.string()), list: z.array(z.string()) })),
})

/** One help page: title, lead, and sections of paragraphs and a list. */
export type Topic = z.infer<typeof Topic>

/** A help page in the language shown. The texts are lists, which typed keys do not reach into. */
export function useTopic(topic: HelpTopic): Topic {
  const { i18n } = useTranslation('help')
  return Topic.parse(i18n.getResource(i18n.language, 'help', `topics.${topic}`))
}
