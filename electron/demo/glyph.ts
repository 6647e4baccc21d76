/** Letters of the markers and labels that are part of an image, five columns by seven rows. */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  R: ['####.', '#...#', '#...#', '####.', '#.#..', '#..#.', '#...#'],
  D: ['####.', '#...#', '#...#', '#...#', '#...#', '#...#', '####.'],
  E: ['#####', '#....', '#....', '####.', '#....', '#....', '#####'],
  M: ['#...#', '##.##', '#.#.#', '#.#.#', '#...#', '#...#', '#...#'],
  O: ['.###.', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
}

export function drawGlyph(letter: string, scale: number, plot: (x: number, y: number) => void): void {
  GLYPHS[letter]?.forEach((line, row) => {
    for (let column = 0; column < line.length; column++) {
      if (line[column] !== '#') continue
      for (let y = 0; y < scale; y++) for (let x = 0; x < scale; x++) plot(column * scale + x, row * scale + y)
    }
  })
}
