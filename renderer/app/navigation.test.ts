import { beforeEach, expect, it } from 'vitest'
import { guardLeaving, useNavigation } from './navigation.ts'

beforeEach(() => useNavigation.setState({ page: 'studies', viewer: { studyIds: [] } }))

it('opens studies in the viewer with the series to show first', () => {
  useNavigation.getState().openStudies([4, 5], 9)
  expect(useNavigation.getState()).toMatchObject({ page: 'viewer', viewer: { studyIds: [4, 5], seriesId: 9 } })
})

it('stays on a page whose guard says so, and goes on when the person has decided', () => {
  useNavigation.setState({ page: 'servers' })
  let decided = () => {}
  const release = guardLeaving((leave) => {
    decided = leave
    return true
  })
  useNavigation.getState().go('studies')
  expect(useNavigation.getState().page).toBe('servers')
  decided()
  expect(useNavigation.getState().page).toBe('studies')
  release()
  useNavigation.getState().go('transfers')
  expect(useNavigation.getState().page).toBe('transfers')
})
