"""Runs the programs of the bench: in turn, on processors of their own, and
never leaves one behind."""

import os
import signal
import subprocess
import tempfile
import time

# A program that hangs is ended after so long.
PATIENCE_S = 90


class Failure(Exception):
    """A program did not do its work."""


class Bench:
    """pairs: how often what is compared runs in turn; ms: how long."""

    def __init__(self, build, quick):
        self.build = os.path.abspath(build)
        self.source = os.path.dirname(os.path.dirname(
            os.path.abspath(__file__)))
        self.quick = quick
        self.pairs = 3 if quick else 11
        self.ms = 300 if quick else 1000
        self.series = {}  # what the charts show
        self.known = {}  # what one row leaves for another
        self.running = []
        self.work = tempfile.TemporaryDirectory()
        cpus = sorted(os.sched_getaffinity(0))
        # What is measured has a processor to itself, and so has its peer.
        self.cpu, self.peer_cpu = cpus[0], cpus[-1]
        self.environment = dict(
            os.environ, LC_ALL='C', MIBS='', WINSNMP_CONF='/dev/null',
            SNMPCONFPATH=self.work.name,
            SNMP_PERSISTENT_DIR=self.work.name)

    def command(self, program, **options):
        return [os.path.join(self.build, 'bench', program)] + [
            '%s=%s' % pair for pair in options.items()]

    def start(self, command, cpu, stdout=subprocess.PIPE):
        """cpu None: any."""
        def prepare():
            if cpu is not None:
                os.sched_setaffinity(0, {cpu})

        process = subprocess.Popen(
            command, stdout=stdout, stderr=subprocess.PIPE, text=True,
            env=self.environment, preexec_fn=prepare, cwd=self.work.name)
        self.running.append(process)
        return process

    def finish(self, process):
        """Waits for a program; what it said, as numbers by name."""
        try:
            said, complaint = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.end(process)
            raise Failure('%s hangs' % process.args[0])
        self.running.remove(process)
        if process.returncode != 0:
            raise Failure('%s: %s' % (' '.join(process.args),
                                      complaint.strip() or
                                      process.returncode))
        return numbers(said or '')

    def end(self, process):
        """Ends a program, if it still runs."""
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.running:
            self.running.remove(process)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()

    def end_all(self):
        for process in list(self.running):
            self.end(process)
        self.work.cleanup()

    def run(self, program, **options):
        return self.finish(self.start(self.command(program, **options),
                                      self.cpu))

    def run_free(self, program, **options):
        """On all processors."""
        return self.finish(self.start(self.command(program, **options), None))

    def start_server(self, program, cpu, **options):
        """One that says its port when it is ready; process and port."""
        process = self.start(self.command(program, **options), cpu)
        words = process.stdout.readline().split()
        if len(words) < 2 or words[0] != 'port':
            self.end(process)
            raise Failure('%s does not start' % program)
        return process, int(words[1])

    def in_turn(self, contenders, pairs=None):
        """Runs each of the functions as often as asked, in turn, beginning
        with another one each time; their results by name."""
        results = {name: [] for name in contenders}
        names = list(contenders)
        for i in range(pairs or self.pairs):
            k = i % len(names)
            for name in names[k:] + names[:k]:
                results[name].append(contenders[name]())
        return results

    def timed(self, command):
        """Runs a command, its output thrown away; wall and CPU seconds."""
        start = time.monotonic()
        process = self.start(command, self.cpu, subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        self.end(process)
        if process.returncode != 0:
            raise Failure('%s failed' % command[0])
        return {'wall': wall, 'cpu': usage.ru_utime + usage.ru_stime}

    def instructions(self, command):
        """User instructions of a program, and what it said."""
        out = os.path.join(self.work.name, 'callgrind')
        process = self.start(
            ['valgrind', '--tool=callgrind', '--callgrind-out-file=' + out] +
            command, self.cpu)
        return process, out


def collected(out):
    """The instructions in a file of callgrind."""
    with open(out) as lines:
        for line in lines:
            if line.startswith(('summary:', 'totals:')):
                return int(line.split()[1])
    raise Failure('callgrind did not count')


def numbers(said):
    found = {}
    for line in said.splitlines():
        words = line.split()
        if len(words) >= 2:
            try:
                found[words[0]] = float(words[1])
            except ValueError:
                pass
    return found


def end_on_signals():
    """A signal ends the bench as an error does, so that nothing is left."""
    def leave(number, frame):
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
