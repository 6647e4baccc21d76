import { expect, type Locator, type Page } from '@playwright/test'

/** The parts of the page that several tests use, by their accessible names. */
export async function goTo(
  page: Page,
  name: 'Studies' | 'Viewer' | 'Front desk' | 'Transfers' | 'Servers' | 'Devices' | 'Settings',
): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click()
}

export interface ServerEntry {
  name: string
  aeTitle: string
  port: number
  host?: string
}

/** Adds a server as a person does: Add, fill in, Save. */
export async function addServer(page: Page, { name, aeTitle, port, host = '127.0.0.1' }: ServerEntry): Promise<void> {
  await goTo(page, 'Servers')
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  const field = (label: string) => page.getByLabel(label, { exact: true })
  // Before, another server may still stand there.
  await expect(field('Name')).toHaveValue(/^New server/)
  await field('Name').fill(name)
  await field('AE title').fill(aeTitle)
  await field('Host').fill(host)
  await field('Port').fill(String(port))
  await field('Query/Retrieve').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'hidden' })
}

/** Presses Test connection and answers the part of the page where the outcome stands. */
export async function testConnection(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Test connection' }).click()
  return page.getByRole('region', { name: 'Connection test' })
}

/** Chooses where the study list looks: this workstation, a server, all servers. */
export async function chooseSource(page: Page, name: string): Promise<void> {
  await goTo(page, 'Studies')
  await page.getByRole('main').getByRole('button').first().click()
  await page.getByRole('menuitem', { name }).or(page.getByRole('menuitemradio', { name })).first().click()
}

/** Searches at the chosen servers. */
export async function search(page: Page, text: string): Promise<void> {
  const box = page.getByRole('searchbox', { name: 'Search studies' })
  await box.fill(text)
  await box.press('Enter')
}

/** Searches, and waits until the server has said its last word: rows move while answers come. */
export async function searchAll(page: Page, text: string, matches: number): Promise<void> {
  await search(page, text)
  await page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${matches} stud(y|ies)$`) })
    .waitFor()
}

/** The row of a study list that shows this text. */
export const studyRow = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text })
