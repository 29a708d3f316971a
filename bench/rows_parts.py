"""Rows about the parts: codec, queues, timers, memory, and how they grow."""

import os
import re
import shutil

import harness
from rows_receiver import FLOOD, receive
from table import Line, compare, median

CODEC = (('C1', 'decode_mixed', 'decode + free, RESPONSE of 10', 0.30),
         ('C1', 'decode_get', 'decode + free, GET', 0.6),
         ('C2', 'encode_mixed', 'encode + free, RESPONSE of 10', 0.35),
         ('C2', 'encode_get', 'encode + free, GET', 0.6),
         ('C2', 'create_mixed', 'create, encode, free, RESPONSE', 0.35),
         ('C2', 'create_get', 'create, encode, free, GET', None),
         ('C3', 'read_name', 'name of 11 from text', 0.4),
         ('C3', 'print_name', 'name of 11 to text', 0.06))


def codec_row(row, bench):
    if 'codec' not in bench.known:
        loops = 20000 if bench.quick else 100000
        bench.known['codec'] = bench.in_turn({
            name: lambda program=program: bench.run(program, loops=loops)
            for name, program in (('ours', 'our_codec'),
                                  ('netsnmp', 'netsnmp_codec'))})
    results = bench.known['codec']
    if median(results['ours'], 'octets') != median(results['netsnmp'],
                                                   'octets'):
        raise harness.Failure('the messages differ')
    return [compare(row, what, results, metric, 'ns', 'netsnmp',
                    most and ('<=', most))
            for of, metric, what, most in CODEC if of == row]


def decode(bench):
    """Decoding"""
    return codec_row('C1', bench)


def encode(bench):
    """Encoding"""
    return codec_row('C2', bench)


def names(bench):
    """Names and their text"""
    return codec_row('C3', bench)


def system_calls(bench, loops):
    """Of posting and fetching in one thread."""
    out = os.path.join(bench.work.name, 'strace')
    bench.finish(bench.start(
        ['strace', '-f', '-c', '-U', 'calls,name', '-o', out] +
        bench.command('queue', loops=loops), bench.cpu))
    with open(out) as table:
        return next(int(line.split()[0]) for line in table
                    if line.rstrip().endswith('total'))


def queue(bench):
    """Posting and fetching messages"""
    loops = 100000 if bench.quick else 500000

    def run(of, threads):
        # Two threads need two processors.
        start = bench.run if threads == 1 else bench.run_free
        return start('queue', of=of, threads=threads, loops=loops)

    results = bench.in_turn({
        (of, threads): lambda of=of, threads=threads: run(of, threads)
        for of in ('window', 'pipe') for threads in (1, 2)})
    lines = []
    for threads, metric, text in ((1, 'cpu', 'one thread'),
                                  (2, 'wall', 'two threads')):
        pair = {'ours': results['window', threads],
                'pipe': results['pipe', threads]}
        lines.append(compare('D1', 'post + fetch, ' + text, pair, metric,
                             'ns', 'pipe', ('<=', 0.15)))
    wakes = median(results['window', 2], 'wakes')
    lines.append(Line('D1', 'wakes for a message', wakes, '',
                      ('<=', 0.02, wakes)))
    if shutil.which('strace'):
        calls = (system_calls(bench, 21000) - system_calls(bench, 1000)) / 2e4
        lines.append(Line('D1', 'system calls for a message, one thread',
                          calls, '', ('<=', 0, calls)))
    return lines


def idle(bench):
    """Wake-ups while there is nothing to do"""
    wakes = bench.run('idle', ms=1000 if bench.quick else 10000)['wakes']
    return [Line('D3', 'wake-ups of an idle library', wakes, '/s',
                 ('<=', 0, wakes))]


def timers(bench):
    """Arming and cancelling a time-out"""
    lines = []
    for pending, most in ((100000, 0.15), (1000000, 0.10)):
        results = bench.in_turn({
            name: lambda of=of: bench.run('timers', of=of, pending=pending)
            for name, of in (('ours', 'wheel'), ('libevent', 'heap'))})
        lines.append(compare('R1', 'cancel + arm, %s pending' %
                             format(pending, ','), results, 'rearm', 'ns',
                             'libevent', ('<=', most)))
    return lines


def memory(bench, **options):
    return bench.in_turn({
        name: lambda program=program: bench.run(program, **options)
        for name, program in (('ours', 'our_memory'),
                              ('netsnmp', 'netsnmp_memory'))},
        1 if bench.quick else 3)


def request_memory(bench):
    """Memory for an outstanding GET"""
    return [compare('H1', 'memory, GET of %d' % n,
                    memory(bench, varbinds=n, sessions=1), 'request', 'B',
                    'netsnmp', ('<=', most))
            for n, most in ((1, 0.25), (10, 0.08))]


def sessions(bench):
    """Memory, time and descriptors for sessions"""
    results = memory(bench, sessions=500)
    many = bench.run('our_memory', sessions=10000)['descriptors']
    return [compare('H2', 'memory, session', results, 'session', 'B',
                    'netsnmp', ('<=', 0.4)),
            compare('H2', 'open + close a session', results, 'open_close',
                    'ns', 'netsnmp', ('<=', 0.2)),
            Line('H2', 'descriptors, 10,000 sessions', many, '',
                 ('<=', 8, many))]


def snmputil(bench):
    """The program itself, not the script that libtool may have put there."""
    real = os.path.join(bench.build, 'examples', '.libs', 'snmputil')
    if os.path.exists(real):
        bench.environment['LD_LIBRARY_PATH'] = os.path.join(bench.build,
                                                            '.libs')
        return real
    return os.path.join(bench.build, 'examples', 'snmputil')


def walk(bench):
    """A table walked by GETBULK, every value printed"""
    rows, name = 16000, '1.3.6.1.4.1.32473.1.1'
    server, port = bench.start_server('responder', bench.peer_cpu, rows=rows)
    ours = [snmputil(bench), 'bulk', '-p', str(port), '127.0.0.1', 'public',
            name]
    theirs = ['snmpbulkwalk', '-v2c', '-cpublic', '-On',
              'udp:127.0.0.1:%d' % port, name]
    try:
        for command in (ours, theirs):
            check_walk(bench, command, rows)
        results = bench.in_turn({'ours': lambda: bench.timed(ours),
                                 'snmpbulkwalk': lambda: bench.timed(theirs)})
    finally:
        bench.end(server)
    for samples in results.values():
        for sample in samples:
            sample['rate'] = rows / sample['wall']
            sample['cpu'] *= 1e6 / rows
    return [compare('W1', 'bulk walk, variables', results, 'rate', '/s',
                    'snmpbulkwalk', ('>=', 1.5)),
            compare('W1', 'bulk walk, CPU for a variable', results, 'cpu',
                    'us', 'snmpbulkwalk', ('<=', 0.5))]


def check_walk(bench, command, rows):
    process = bench.start(command, bench.cpu)
    said, _ = process.communicate(timeout=harness.PATIENCE_S)
    bench.running.remove(process)
    found = len(re.findall(r'32473\.1\.1\.\d+ ', said))
    if process.returncode != 0 or found != rows:
        raise harness.Failure('%s saw %d of %d rows' %
                              (command[0], found, rows))


def threads(bench):
    """The codec in two threads"""
    options = {'ours': {'threads': 2}, 'one thread': {'threads': 1},
               'same session': {'threads': 2, 'shared': 1}}
    loops = 50000 if bench.quick else 200000
    results = bench.in_turn({
        name: lambda o=o: bench.run_free('our_codec', loops=loops, **o)
        for name, o in options.items()})
    return [compare('P1', 'two threads, a session each', results, 'rate',
                    '/s', 'one thread', ('>=', 1.8)),
            compare('P1', 'two threads, the same session', results, 'rate',
                    '/s', 'one thread', None, 'same session')]


def growing(bench, text, counts, run):
    """The cost with the last of the counts by that with the first."""
    results = bench.in_turn({n: lambda n=n: run(n) for n in counts})
    first, last = counts[0], counts[-1]
    bench.series.setdefault('cost', {})[text] = [
        (n, median(results[n], 'cpu')) for n in counts]
    return compare('G1', '%s, CPU for one' % text, results, 'cpu', 'us',
                   first, ('<=', 1.2), last)


def growth(bench):
    """Cost of an operation among many others"""
    server, port = bench.start_server('responder', bench.peer_cpu, agents=2)

    def manager(**options):
        return bench.run('our_manager', port=port, window=16, ms=bench.ms,
                         **options)

    try:
        lines = [
            growing(bench, 'outstanding', (1, 100, 1000, 10000, 100000),
                    lambda n: manager(dead=n)),
            growing(bench, 'sessions', (1, 100, 1000, 10000),
                    lambda n: manager(agents=n))]
    finally:
        bench.end(server)
    lines.append(growing(
        bench, 'registrations', (1, 10, 100, 1000),
        lambda n: receive(bench, 'ours', {'registrations': n}, rate=FLOOD,
                          ms=bench.ms)))
    for line, (low, high) in zip(lines, ((1, 100000), (1, 10000), (1, 1000))):
        line.what = '%s %s -> %s' % (line.what, format(low, ','),
                                     format(high, ','))
        line.peer_name = ''
    return lines


ROWS = {'C1': decode, 'C2': encode, 'C3': names, 'D1': queue, 'D3': idle,
        'R1': timers, 'H1': request_memory, 'H2': sessions, 'W1': walk,
        'P1': threads, 'G1': growth}
