// The engine: runs the programs that the driver wrote into its memory.

export { sleepWhile } from "./barrier";

import { barrier, callHelpers, waitForCall } from "./barrier";
import { convolution } from "./convolution";
import { diracGradient, diracKernel } from "./dirac";
import { accumulate, combine, loadImages, mask, normGradient, subsample } from "./elementwise";
import { filterGradient } from "./filterGradient";
import { dropout, gate, gateGradient, gatedAdd, gatedAddGradient, multiplier, multiplierGradient } from "./gates";
import { head } from "./head";
import { Control, Instruction, Opcode, Phase, PhaseKind, Slices } from "./instructionSet";
import { packKernel, packTransposedKernel, transformKernel } from "./kernels";
import { givenFactors, normFactors, normGradientFactors, statistics } from "./normalisation";
import { clear, update } from "./update";
import { winograd, winogradFilterGradient } from "./winograd";
import { controlWord, enter, setInstruction, setTile, sliceStart, thread, threads, word } from "./words";

const instructionBytes: usize = Instruction.size << 2;
const phaseBytes: usize = Phase.size << 2;

function execute(): void {
  switch (word(0)) {
    case Opcode.loadImages: return loadImages();
    case Opcode.convolution: return convolution();
    case Opcode.winograd: return winograd();
    case Opcode.statistics: return statistics();
    case Opcode.normFactors: return normFactors();
    case Opcode.givenFactors: return givenFactors();
    case Opcode.combine: return combine();
    case Opcode.subsample: return subsample();
    case Opcode.gate: return gate();
    case Opcode.gatedAdd: return gatedAdd();
    case Opcode.multiplier: return multiplier();
    case Opcode.dropout: return dropout();
    case Opcode.head: return head();
    case Opcode.accumulate: return accumulate();
    case Opcode.mask: return mask();
    case Opcode.normGradientFactors: return normGradientFactors();
    case Opcode.normGradient: return normGradient();
    case Opcode.filterGradient: return filterGradient();
    case Opcode.winogradFilterGradient: return winogradFilterGradient();
    case Opcode.gateGradient: return gateGradient();
    case Opcode.gatedAddGradient: return gatedAddGradient();
    case Opcode.multiplierGradient: return multiplierGradient();
    case Opcode.packKernel: return packKernel();
    case Opcode.packTransposedKernel: return packTransposedKernel();
    case Opcode.transformKernel: return transformKernel();
    case Opcode.diracKernel: return diracKernel();
    case Opcode.diracGradient: return diracGradient();
    case Opcode.clear: return clear();
    case Opcode.update: return update();
    default: unreachable();
  }
}

function executeAll(first: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    setInstruction(first + <usize>i * instructionBytes);
    execute();
  }
}

@inline
function phaseWord(phase: usize, index: i32): i32 {
  return load<i32>(phase + (<usize>index << 2));
}

function runImages(phase: usize): void {
  const tile = phaseWord(phase, Phase.tileImages);
  for (let s = thread; s < Slices.count; s += threads) {
    const start = sliceStart(s), end = sliceStart(s + 1);
    for (let image = start; image < end; image += tile) {
      setTile(image, min(tile, end - image), s, image == start, image + tile >= end);
      executeAll(<usize>phaseWord(phase, Phase.body), phaseWord(phase, Phase.bodyCount));
    }
  }
}

function runProgram(program: usize): void {
  for (let phase = program; ; phase += phaseBytes) {
    const kind = phaseWord(phase, Phase.kind);
    if (kind == PhaseKind.end) return;
    executeAll(<usize>phaseWord(phase, Phase.prologue), phaseWord(phase, Phase.prologueCount));
    const body = <usize>phaseWord(phase, Phase.body), count = phaseWord(phase, Phase.bodyCount);
    if (kind == PhaseKind.images) runImages(phase);
    else if (kind == PhaseKind.shared) executeAll(body, count);
    else for (let i = thread; i < count; i += threads) executeAll(body + <usize>i * instructionBytes, 1);
    barrier();
  }
}

/** Where the driver's memory begins: below lie the constants of the engine itself. */
export function firstFreeByte(): usize {
  return __heap_base;
}

/** Runs a program from its beginning to its end, with the helpers where there are some. */
export function run(control: usize): void {
  enter(control, 0, load<i32>(control + (Control.threads << 2)));
  if (threads > 1) callHelpers();
  runProgram(<usize>controlWord(Control.program));
}

/** The life of a helper: runs its part of every program; its thread is ended from outside. */
export function help(control: usize, asThread: i32): void {
  enter(control, asThread, load<i32>(control + (Control.threads << 2)));
  for (let seen = 0; ; ) {
    seen = waitForCall(seen);
    runProgram(<usize>controlWord(Control.program));
  }
}
