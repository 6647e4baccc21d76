/** `grey(12)` of encodeFixture.ts as DCMTK 3.6.7 writes it (`dcmcjpeg +ee +q 80`): our own encoder has no 12 bit. */
export const jpeg12 = Uint8Array.from(
  Buffer.from(
    [
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC',
      '0oMCUoKSj/wQALDAAYACgBAREA/8QAGQABAAIDAAAAAAAAAAAAAAAACQcIBgoL/8QAKxAAAAUCBQMDBQEAAAAAAAAAAQIDBAUGCAAHCQoRCxIh',
      'MXGBIjJRYeHx/9oACAEBAAA/AOH3G5wbpnRvnwTlmeY1VQEQfgRMVdUpiEH+YR+zHqNV8lu7plSd/duUw/aoCCLxWRijG5APBhETF98OfbNvS9',
      'CPUeiW1PXd5LUbAS8iUE3B3sekmJTG8Dz3BiYcz9FDbIau0ErI5P1tl9S87KlE6ZUXCCRimMHv+8EBe300+lpgr6r9PW5ZIhh7lmaUbLfIcdps',
      'SdZV1JC2DOBBlSWoHbbHNXCwFReKyUSUvA+hvuL74Uelr4NrhrFQJW9YweXVKz8uQO4TpoJGKc3+4qbdnsKdH6+eNd1PZLn3S0PJPQFVqmwkky',
      'CAm8hwBTYCS73p+GqhZrIO6osZuCqOVj2ZhVapx8oocBKHkvobFKInPjdMaOE+VKbYZjVVARB+BExV1SmIUf5jdIzW0Kdszq4Qa0nkvXeX1Lzs',
      'qUTpFQcoJGKY3z+8Dve5002OdA9q/T1uWKA/UszSjZb5DjtNgac4NvhuWNJecVlciswq/qeDijiZIrd0sqBil9PQR/GM3tz3fm4D0yphtAXVZQ',
      'VtUMPHGBNwd2xWUAxS+B55D8BhxbK+pFWp50N2VJagNt0a0crgVF4rJRJSiA+hvuL74//Z',
    ].join(''),
    'base64',
  ),
)
