import { Control } from "./instructionSet";
import { control, threads } from "./words";

/** Turns to wait awake before a thread goes to sleep: neighbours are rarely further behind than this. */
const patience: i32 = 20000;

@inline
function at(word: i32): usize {
  return control + (<usize>word << 2);
}

function sleep(word: i32, seen: i32): void {
  atomic.wait<i32>(at(word), seen, -1);
}

/**
 * Sleeps until somebody says that a word is another than it was seen to be; may come back for nothing. The baseline compiler of V8 11 (Node
 * 20) lets the operands of a wait take the registers of what the function still needs. So nothing is done behind it, and `index.ts`
 * exports this as a variable, which no optimiser dares to put the function itself in place of.
 */
export let sleepWhile: (word: i32, seen: i32) => void = sleep;

/** No thread goes on before all are here; what each wrote before, all see behind. */
export function barrier(): void {
  if (threads == 1) return;
  const passed = atomic.load<i32>(at(Control.passed));
  if (atomic.add<i32>(at(Control.arrived), 1) == threads - 1) {
    atomic.store<i32>(at(Control.arrived), 0);
    atomic.add<i32>(at(Control.passed), 1);
    if (atomic.load<i32>(at(Control.sleeping)) > 0) atomic.notify(at(Control.passed), -1);
    return;
  }
  for (let turn = 0; turn < patience; turn++) if (atomic.load<i32>(at(Control.passed)) != passed) return;
  atomic.add<i32>(at(Control.sleeping), 1);
  while (atomic.load<i32>(at(Control.passed)) == passed) sleepWhile(Control.passed, passed);
  atomic.sub<i32>(at(Control.sleeping), 1);
}

/** Lets all helpers begin. */
export function callHelpers(): void {
  atomic.add<i32>(at(Control.started), 1);
  atomic.notify(at(Control.started), -1);
}

/** Sleeps until `callHelpers` was called more than `seen` times; gives the new count. */
export function waitForCall(seen: i32): i32 {
  for (let turn = 0; turn < patience; turn++) if (atomic.load<i32>(at(Control.started)) != seen) break;
  while (atomic.load<i32>(at(Control.started)) == seen) sleepWhile(Control.started, seen);
  return seen + 1;
}
