import type { z } from 'zod'

/** What is wrong with a value of a file, for whoever wrote the file. */
export function issueWords(issue: z.core.$ZodIssue): string {
  // The schema's own words, where it has any, are better.
  if (!issue.message.startsWith('Invalid')) return issue.message
  if (issue.code === 'invalid_type' && issue.expected === 'boolean') return 'Enter yes or no.'
  if (issue.code === 'invalid_type' && issue.expected === 'number') return 'Enter a number.'
  if (issue.code === 'invalid_value') return `Enter one of ${issue.values.map(String).join(', ')}.`
  if (issue.code === 'invalid_union') return 'This is none of the values that are possible here.'
  return issue.message
}
