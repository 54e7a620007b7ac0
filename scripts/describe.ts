// npm run describe -- NAME|LINK [--json]: the layers of a network, counted on the expansion that trains.
import { describeSource } from './describe/describeSource.ts'
import { descriptionText } from './describe/descriptionText.ts'
import { readArguments, usage } from './describe/readArguments.ts'

/** What was asked for is not understood; as in `npm run parity`. */
const notUnderstood = 2

try {
  const args = readArguments(process.argv.slice(2))
  if (args === 'help') console.log(usage)
  else {
    const description = describeSource(args.source)
    console.log(args.asJson ? JSON.stringify(description) : descriptionText(description).trimEnd())
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = notUnderstood
}
