import { Control } from "./instructionSet";
import { control, threads } from "./words";

/** Turns to wait awake before a thread goes to sleep: neighbours are rarely further behind than this. */
const patience: i32 = 20000;

@inline
function at(word: i32): usize {
  return control + (<usize>word << 2);
}

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
  while (atomic.load<i32>(at(Control.passed)) == passed) atomic.wait<i32>(at(Control.passed), passed, -1);
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
  while (atomic.load<i32>(at(Control.started)) == seen) atomic.wait<i32>(at(Control.started), seen, -1);
  return seen + 1;
}
