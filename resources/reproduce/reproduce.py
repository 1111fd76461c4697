#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Blockscope authors
# SPDX-License-Identifier: MIT
"""Builds a block graph in a real QEMU and sends it the events of a file.

Written by "blockscope reproduce". Needs python3 and, of Debian, qemu-system-x86 and qemu-utils.
Everything happens in a scratch folder, which is removed at the end; QEMU ends with this script, whatever happens.

PLAN below is all that is particular to one file: the commands that make the images, the command line of QEMU, the QMP
commands that complete the graph ("setup"), and the events. What stands beside an event is Blockscope's: "ours" is what
it says that QEMU will answer, "settle" the status that jobs have afterwards.

Jobs are started so slowly that they stay where they are; where the file lets one run, its speed limit is lifted.
A job waits for its job-finalize ("auto-finalize": false), which is sent when the file lets the job end.

Exit codes: 0 QEMU answered as expected, 1 it did not, 2 the graph could not be built or QEMU does not answer.
"""

import argparse
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PLAN = json.loads(r'''
@PLAN@
''')

# QMP's JobStatus, in its order.
STATUSES = ["undefined", "created", "running", "paused", "ready", "standby", "waiting", "pending", "aborting",
            "concluded", "null"]
# What a job in that status waits for.
AWAITED = {"paused": "job-resume", "standby": "job-resume", "ready": "job-complete", "pending": "job-finalize",
           "concluded": "job-dismiss"}
SLOW = 1  # bytes a second
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Trouble(Exception):
    """The reproduction cannot go on."""


class Late(Exception):
    """Something did not happen in time."""


class Refused(Exception):
    """QEMU's answer to one command was an error."""


class Monitor:
    """A QMP connection, and what its events have told about jobs and devices."""

    def __init__(self, connection, log, timeout):
        self.connection = connection
        self.log = log
        self.timeout = timeout
        self.buffer = b""
        self.jobs = {}  # status by job, "null" for one that is gone
        self.changes = 0  # of the status of any job
        self.deleted = set()  # devices that were unplugged
        if "QMP" not in self.message(self.deadline(), "the greeting"):
            raise Trouble("QEMU greets with something else than QMP")
        self.send("qmp_capabilities")

    def deadline(self):
        return time.monotonic() + self.timeout

    def message(self, deadline, awaited):
        while b"\n" not in self.buffer:
            self.connection.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                received = self.connection.recv(65536)
            except TimeoutError:
                raise Late(f"QEMU has not given {awaited} within {self.timeout:g} s") from None
            except OSError as error:
                raise Trouble(f"the connection to QEMU broke: {error}") from None
            if not received:
                raise Trouble("QEMU has ended")
            self.buffer += received
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def note(self, event):
        data = event.get("data", {})
        if event["event"] == "JOB_STATUS_CHANGE":
            self.note_job(data["id"], data["status"])
        elif event["event"] == "DEVICE_DELETED" and "device" in data:
            self.deleted.add(data["device"])

    def note_job(self, job, status):
        self.changes += 1
        # One that was refused gets no further than "created".
        if status not in ("undefined", "created") and (status != "null" or job in self.jobs):
            self.jobs[job] = status

    def wait_for_event(self, deadline, awaited):
        event = self.message(deadline, awaited)
        if "event" in event:
            self.note(event)

    def send(self, execute, arguments=None):
        """QEMU's answer; raises Refused with its error text."""
        command = {"execute": execute}
        if arguments is not None:
            command["arguments"] = arguments
        self.connection.settimeout(self.timeout)
        self.connection.sendall(json.dumps(command).encode() + b"\n")
        deadline = self.deadline()
        while True:
            try:
                message = self.message(deadline, f"an answer to {execute}")
            except Late as late:
                raise Trouble(str(late)) from None
            if "event" in message:
                self.note(message)
            elif "error" in message:
                raise Refused(message["error"]["desc"])
            else:
                return message["return"]

    def try_to_send(self, execute, arguments):
        try:
            self.send(execute, arguments)
        except Refused:
            pass  # the job may have gone on meanwhile

    def human(self, line):
        """A command of the human monitor. It answers errors with text; qemu-io writes to QEMU's standard output."""
        self.log.seek(0, os.SEEK_END)
        answer = self.send("human-monitor-command", {"command-line": line}).strip()
        return answer or self.log.read().decode(errors="replace").strip()

    def set_speed(self, job, speed):
        self.try_to_send("block-job-set-speed", {"device": job, "speed": speed})


def has_reached(status, wanted):
    if wanted in ("paused", "standby"):
        return status in (wanted, "standby") or STATUSES.index(status) >= STATUSES.index("waiting")
    return STATUSES.index(status) >= STATUSES.index(wanted)


def bring(monitor, job, wanted):
    """Lets a job run until it has a status or is past it, and gives it what it waits for on the way."""
    if job not in monitor.jobs:
        raise Refused(f"There is no job '{job}'")
    deadline = monitor.deadline()
    asked = None
    if has_reached(monitor.jobs[job], wanted):
        return
    if wanted in ("paused", "standby"):
        if wanted == "standby":
            bring(monitor, job, "ready")
        monitor.try_to_send("job-pause", {"id": job})
    elif wanted != "running":
        monitor.set_speed(job, 0)
    while not has_reached(monitor.jobs[job], wanted):
        status = monitor.jobs[job]
        helps = None if wanted in ("paused", "standby") else AWAITED.get(status)
        if helps and asked != (status, monitor.changes):
            asked = (status, monitor.changes)
            monitor.try_to_send(helps, {"id": job})
        else:
            monitor.wait_for_event(deadline, f"job {job} the status {wanted}; it is {status}")
    if monitor.jobs[job] in ("running", "ready") and wanted != "running":
        monitor.set_speed(job, SLOW)


def settle(monitor, step):
    """What QEMU does a moment after it has answered: jobs that end, devices that go."""
    for job, status in step.get("settle", []):
        if job in monitor.jobs:
            bring(monitor, job, status)
    device = step.get("unplugged")
    if step.get("reset", False):
        monitor.send("system_reset")  # a device on a PCI bus waits for the guest, which is none; a reset lets it go
    deadline = monitor.deadline()
    while device is not None and device not in monitor.deleted:
        monitor.wait_for_event(deadline, f"the end of the device {device}")
    monitor.deleted.discard(device)


def write(monitor, device, offset, length):
    if not monitor.send("query-status")["running"]:
        raise Refused("The VM is not running, so its guest cannot write")
    answer = monitor.human(f'qemu-io -d {device} "write -P 165 {offset} {length}"')
    if not answer.startswith("wrote"):
        raise Refused(answer)


def play(monitor, step):
    """One event, or one command of the set-up. Raises Refused when QEMU does not want it."""
    if "execute" in step:
        monitor.send(step["execute"], step.get("arguments"))
    elif "human" in step:
        answer = monitor.human(step["human"])
        expected = step.get("answer", "")
        if not answer.startswith(expected) or (answer and not expected):
            raise Refused(answer)
    elif "write" in step:
        write(monitor, **step["write"])
    elif "until" in step:
        bring(monitor, *step["until"])


def verdict(monitor, step):
    """What QEMU makes of one event: "allowed" or "refused" with its text, or with what did not come about afterwards."""
    result = {"index": step["index"], "verdict": "refused"}
    try:
        play(monitor, step)
        result["verdict"] = "allowed"
        settle(monitor, step)
    except (Refused, Late) as error:
        result["error"] = str(error)
    return result


def build(monitor):
    for step in PLAN["setup"]:
        try:
            play(monitor, step)
            settle(monitor, step)
        except (Refused, Late) as error:
            raise Trouble(f"QEMU does not build the graph: {json.dumps(step)}: {error}") from None


def describe(step):
    names = ("execute", "arguments", "human", "write", "until", "event")
    return " ".join(str(step[name]) if name == "execute" else json.dumps(step[name]) for name in names if name in step)


def show(step, result):
    """One line for people: what was sent, what Blockscope expects, what QEMU says. True when they agree."""
    if "skip" in step:
        print(f"{step['index']:3}  skipped    {step['skip']}")
        return True
    if "ours" not in step:
        print(f"{step['index']:3}  -          {describe(step)}")
        return True
    same = (step["ours"] == "allowed") == (result["verdict"] == "allowed")
    print(f"{step['index']:3}  {'same' if same else 'DIFFERENT':9}  {describe(step)}")
    print(f"       expected: {step['ours']}; QEMU: {result['verdict']}")
    if "error" in result:
        print(f"       {result['error']}")
    return same


def events(monitor, as_json):
    all_same = True
    for step in PLAN["events"]:
        result = None if "skip" in step else verdict(monitor, step)
        if not as_json:
            all_same = show(step, result) and all_same
        elif result:
            print(json.dumps(result), flush=True)
    return all_same


def die_with_parent():
    """In the child: even when this script is killed at once, QEMU does not stay behind (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def as_text(word, prefix=""):
    """A word of a command line, which may be an object."""
    return word if isinstance(word, str) else prefix + json.dumps(word)


def run_tool(words, folder, timeout):
    command = [as_text(word, "json:") for word in words]
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=timeout, preexec_fn=die_with_parent, check=False)
    except FileNotFoundError:
        raise Trouble(f"{command[0]} is not installed; on Debian it is in qemu-utils") from None
    except subprocess.TimeoutExpired:
        raise Trouble(f"{command[0]} has not ended within {timeout} s") from None
    if done.returncode != 0:
        raise Trouble(f"{' '.join(command)}: {done.stdout.decode(errors='replace').strip()}")


def start_qemu(folder, connection):
    command = [as_text(word) for word in PLAN["qemu"]]
    command += ["-chardev", f"socket,id=monitor,fd={connection.fileno()}",
                "-mon", "chardev=monitor,mode=control"]
    log = os.path.join(folder, "qemu.log")
    try:
        with open(log, "wb") as output:
            return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                    pass_fds=[connection.fileno()], preexec_fn=die_with_parent)
    except FileNotFoundError:
        raise Trouble(f"{command[0]} is not installed; on Debian it is in qemu-system-x86") from None
    except OSError as error:
        raise Trouble(f"{command[0]} cannot be started: {error}") from None


def why_it_ended(folder):
    with open(os.path.join(folder, "qemu.log"), encoding="utf-8", errors="replace") as log:
        return log.read()[-2000:].strip()


def reproduce(folder, options):
    say = (lambda text: None) if options.quiet else (lambda text: print(text, file=sys.stderr, flush=True))
    say("Making the images")
    for command in PLAN["images"]:
        run_tool(command, folder, options.timeout)
    say("Starting QEMU")
    ours, theirs = socket.socketpair()
    qemu = start_qemu(folder, theirs)
    theirs.close()
    try:
        with open(os.path.join(folder, "qemu.log"), "rb") as log:
            monitor = Monitor(ours, log, options.timeout)
            build(monitor)
            say(f"Sending {len(PLAN['events'])} events")
            return events(monitor, options.json)
    except (Trouble, Late) as trouble:
        log = why_it_ended(folder)
        raise Trouble(f"{trouble}\n{log}" if log else str(trouble)) from None
    finally:
        qemu.kill()
        qemu.wait()
        ours.close()


def scratch_folder(wanted):
    if wanted is None:
        return tempfile.mkdtemp(prefix="blockscope-")
    os.makedirs(wanted, exist_ok=True)
    if os.listdir(wanted):
        raise Trouble(f"{wanted} is not empty")
    return wanted


def read_options():
    parser = argparse.ArgumentParser(description="Builds a block graph in a real QEMU and sends it events.")
    parser.add_argument("--folder", help="scratch folder, empty or not there yet; removed at the end")
    parser.add_argument("--keep", action="store_true", help="do not remove the scratch folder")
    parser.add_argument("--timeout", type=float, default=30, help="seconds to wait for each answer (30)")
    parser.add_argument("--json", action="store_true", help="print QEMU's verdicts, one JSON object a line")
    parser.add_argument("--quiet", action="store_true", help="do not tell what is being done")
    return parser.parse_args()


def stop(number, _frame):
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)  # there is only one cleaning up
    raise Trouble(f"stopped by {signal.Signals(number).name}")


def main():
    options = read_options()
    for number in STOPPING:
        signal.signal(number, stop)
    folder = None
    try:
        folder = scratch_folder(options.folder)
        return 0 if reproduce(folder, options) else 1
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    finally:
        if folder is not None and not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
