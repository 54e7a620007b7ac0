import { main } from 'assemblyscript/asc'

/** Sums that are added to by turns: so many that none waits for itself, so few that all stay in registers. Which is best, the processor says. */
const widths = [8, 10, 11, 12]
const unrolled = 4

/** `run…(turns)`: each turn multiplies and adds 4 · `unrolled` · `width` floats. */
const loopOf = (width: number): string => {
  const sums = Array.from({ length: width }, (_, index) => `a${index}`)
  const turn = sums.map((sum, index) => {
    const from = `v128.load(${1024 + 16 * (index % 4)})`
    return `    ${sum} = f32x4.add(f32x4.mul(${from}, w), ${sum});`
  })
  return [
    `export function run${width}(turns: i32): f32 {`,
    '  const w = f32x4.splat(0.5);',
    ...sums.map((sum, index) => `  let ${sum} = f32x4.splat(${index + 1});`),
    '  for (let i = 0; i < turns; i++) {',
    ...Array.from({ length: unrolled }, () => turn.join('\n')),
    '  }',
    `  return f32x4.extract_lane(${sums.reduce((all, sum) => `f32x4.add(${all}, ${sum})`)}, 0);`,
    '}',
  ].join('\n')
}

/** A module that does nothing but multiply and add, as fast as WebAssembly's vectors of four floats do here. */
export interface CeilingModule {
  readonly base64: string
  readonly loops: readonly { readonly name: string; readonly flopsPerTurn: number }[]
}

/** Throws with the compiler's own words where it does not compile. */
export const compileCeiling = async (): Promise<CeilingModule> => {
  const source = widths.map(loopOf).join('\n')
  const binaries: Uint8Array[] = []
  const { error, stderr } = await main(
    ['ceiling.ts', '--outFile=ceiling.wasm', '--optimizeLevel=3', '--noAssert', '--runtime=stub'].concat(
      '--enable=simd',
      '--use=abort=',
      '--initialMemory=1',
    ),
    {
      readFile: (name) => (name === 'ceiling.ts' ? source : null),
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') binaries.push(contents)
      },
      listFiles: () => [],
    },
  )
  const [binary] = binaries
  if (error !== null || binary === undefined)
    throw new Error(`The ceiling does not compile.\n${stderr.toString()}`)
  return {
    base64: Buffer.from(binary).toString('base64'),
    loops: widths.map((width) => ({ name: `run${width}`, flopsPerTurn: 2 * 4 * unrolled * width })),
  }
}
