/**
 * A worker in which a promise fails, mostly for want of memory, would be silent for ever. As an error of the worker itself it
 * reaches the page, which says so.
 */
self.addEventListener('unhandledrejection', ({ reason }) => {
  throw reason
})
