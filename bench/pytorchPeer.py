"""
The same networks in PyTorch, as a peer that takes turns with the lab's own engine. Reads commands from stdin and answers on stdout, one
JSON object a line:

  {"start": {"plans": [PLAN, ...], "batch": 64, "threads": 1}}  →  {"id": 0, "stepMs": ...}, the first step
  {"id": 0, "steps": 10}                                        →  {"stepMs": ...}, one step of all plans

A plan is a list of operations as `planLayers` gives them. The first line that it writes says the version of PyTorch.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

EPSILON = 1e-5
IMAGES = 640
SIDE = 16


class Network:
    """A network of the lab, its parameters by name."""

    def __init__(self, operations):
        self.operations = operations
        self.parameters = {}
        self.statistics = {}
        for operation in operations:
            self._prepare(operation)
        self.optimiser = torch.optim.SGD(
            self.parameters.values(), lr=0.05, momentum=0.9, weight_decay=1e-4
        )

    def _parameter(self, name, values):
        self.parameters[name] = values.requires_grad_()

    def _prepare(self, operation):
        kind = operation["kind"]
        if kind == "conv":
            if operation["kernel"] != "free":
                raise ValueError(f"no peer for {operation['output']}")
            inputs = operation["inputChannels"] // operation["groups"]
            size = operation["kernelSize"]
            deviation = (2 / (size * size * inputs)) ** 0.5
            shape = (operation["outputChannels"], inputs, size, size)
            self._parameter(operation["name"], deviation * torch.randn(shape))
        elif kind == "norm":
            name, channels = operation["name"], operation["channels"]
            self._parameter(f"{name}.gamma", torch.full((channels,), float(operation["initialGamma"])))
            self._parameter(f"{name}.beta", torch.zeros(channels))
            self.statistics[name] = (torch.zeros(channels), torch.ones(channels))
        elif kind == "dense":
            inputs, outputs = operation["inputChannels"], operation["outputChannels"]
            self._parameter(operation["kernelName"], inputs**-0.5 * torch.randn(outputs, inputs))
            self._parameter(operation["biasName"], torch.zeros(outputs))

    def logits(self, images):
        activations = {"input": images}
        for operation in self.operations:
            activations[operation["output"]] = self._compute(operation, activations)
        return activations["logits"]

    def _compute(self, operation, activations):
        kind = operation["kind"]
        if kind == "add":
            if operation["residualScale"] != 1 or operation["shortcutScale"] != 1:
                raise ValueError(f"no peer for {operation['output']}")
            return activations[operation["residual"]] + activations[operation["shortcut"]]
        x = activations[operation["input"]]
        if kind == "conv":
            return F.conv2d(
                x,
                self.parameters[operation["name"]],
                stride=operation["stride"],
                padding=operation["padding"],
                groups=operation["groups"],
            )
        if kind == "norm":
            name = operation["name"]
            mean, variance = self.statistics[name]
            gamma, beta = self.parameters[f"{name}.gamma"], self.parameters[f"{name}.beta"]
            return F.batch_norm(x, mean, variance, gamma, beta, training=True, momentum=0.1, eps=EPSILON)
        if kind == "relu":
            return F.relu(x)
        if kind == "subsample-pad":
            stride = operation["stride"]
            more = operation["outputChannels"] - operation["inputChannels"]
            return F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, 0, more))
        if kind == "pool":
            return x.mean((2, 3))
        if kind == "dense":
            return F.linear(x, self.parameters[operation["kernelName"]], self.parameters[operation["biasName"]])
        raise ValueError(f"no peer for {operation['output']} ({kind})")

    def step(self, images, labels):
        loss = F.cross_entropy(self.logits(images), labels)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        return loss.item()


class Trainer:
    def __init__(self, plans, batch, threads):
        torch.manual_seed(1)
        self.threads = threads
        self.networks = [Network(plan) for plan in plans]
        self.batch = batch
        # Channels last is the faster order on processors, by a quarter here.
        self.images = torch.randn(IMAGES, 3, SIDE, SIDE).contiguous(memory_format=torch.channels_last)
        self.labels = torch.randint(10, (IMAGES,))
        self.taken = 0

    def run(self, steps):
        """Milliseconds a step."""
        torch.set_num_threads(self.threads)
        start = time.perf_counter()
        for _ in range(steps):
            self._step()
        return 1000 * (time.perf_counter() - start) / steps

    def _step(self):
        start = self.taken * self.batch % (IMAGES - self.batch)
        self.taken += 1
        images, labels = self.images[start : start + self.batch], self.labels[start : start + self.batch]
        for network in self.networks:
            network.step(images, labels)


def say(answer):
    print(json.dumps(answer), flush=True)


def main():
    say({"version": torch.__version__})
    trainers = []
    for line in sys.stdin:
        command = json.loads(line)
        if "start" in command:
            trainers.append(Trainer(**command["start"]))
            say({"id": len(trainers) - 1, "stepMs": trainers[-1].run(1)})
        else:
            say({"stepMs": trainers[command["id"]].run(command["steps"])})


main()
