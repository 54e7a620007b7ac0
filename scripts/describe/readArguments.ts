import { parseArgs } from 'node:util'

export interface DescribeArguments {
  /** Name of an architecture, or a link. */
  readonly source: string
  readonly asJson: boolean
}

export const usage = `npm run describe -- NAME|LINK [--json]

Prints the layers of a network as the 2015 paper's table 1 does: output size, layers, parameters, multiply-adds, counted on the
operations that train; and the errors that the papers report for it.

  NAME    resnet18, plain34, resnext50_32x4d, cifar-resnet56 …; a name that is none lists them all
  LINK    a link of the lab (in quotes), its part after #, or a run.json: every network of the experiment
  --json  one JSON object instead: name, depth, parameters, multiplyAdds, imageSize, rows, published;
          for a link { "networks": [ … ] }, each like that`

/**
 * Reads the command line.
 * @throws Error with a sentence for people where it is not understood.
 */
export const readArguments = (args: readonly string[]): DescribeArguments | 'help' => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const [source, ...more] = positionals
  if (source === undefined) throw new Error('Name an architecture, like resnet50, or give a link.')
  if (more.length > 0)
    throw new Error(
      `One name or link at a time, not ${positionals.length}. Put a link in quotes: it holds an &.`,
    )
  return { source, asJson: values.json }
}
