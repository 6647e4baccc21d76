/**
 * Said by what a test expects of data that must not be lost: such an error counts although the test passes at its second
 * try. A workstation that was late to start may have met a busy machine; an image that was lost was lost.
 */
export const UNFORGIVEN = 'no second try excuses this'
