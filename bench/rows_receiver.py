"""Rows about receivers of traps."""

import os
import shutil
import time

import harness
from table import Line, compare, median

RECEIVERS = {'ours': ('our_receiver', {}),
             'drained': ('netsnmp_receiver', {'mode': 'drain'}),
             'select': ('netsnmp_receiver', {'mode': 'select'}),
             'raw': ('raw_receiver', {})}
FLOOD = 1500000  # traps a second offered where there are too many


def shoot(bench, port, segments=1, **gun):
    return bench.finish(bench.start(
        bench.command('trapgun', port=port, segments=segments, **gun),
        bench.peer_cpu))


def receive(bench, name, more=None, **gun):
    """One receiver and one sender; what both said."""
    program, options = RECEIVERS[name]
    server, port = bench.start_server(program, bench.cpu,
                                      **dict(options, **(more or {})))
    try:
        sent = shoot(bench, port, **gun)
        found = bench.finish(server)
    finally:
        bench.end(server)
    found['sent'] = sent['sent']
    found['offered'] = sent['rate']
    found['lost'] = found['sent'] - found.get('got', 0)
    return found


def overload(bench):
    """CPU for a trap when there are too many"""
    results = bench.in_turn({
        name: lambda name=name: receive(bench, name, rate=FLOOD, ms=bench.ms)
        for name in ('ours', 'drained', 'select', 'raw')})
    return [compare('T1', 'overload, CPU for a trap', results, 'cpu', 'us',
                    'drained', ('<=', 0.6), limit='raw', extra=('rate',)),
            compare('T1', 'overload, CPU for a trap', results, 'cpu', 'us',
                    'select', extra=('rate',))]


def sustained(lossless, start):
    """The greatest rate at which nothing is lost, by halving what is left;
    start is one to begin with."""
    low, high = 0, start
    while lossless(high) and high < 4 * start:
        low, high = high, high * 1.5
    for _ in range(6):
        middle = (low + high) / 2
        if lossless(middle):
            low = middle
        else:
            high = middle
    return {'rate': max(low, 1)}


def sustained_by(bench, name):
    ms = bench.ms // 2 + 100
    start = receive(bench, name, rate=FLOOD, ms=ms)['rate']
    return sustained(
        lambda rate: receive(bench, name, rate=int(rate), ms=ms)['lost'] == 0,
        start)


def is_bound(port):
    """Has somebody a UDP socket at that port?"""
    with open('/proc/net/udp') as table:
        return any(line.split()[1].endswith(':%04X' % port)
                   for line in list(table)[1:])


def count_lines(path):
    with open(path, 'rb') as lines:
        return sum(1 for _ in lines)


def daemon_loses(bench, rate):
    """How many of the traps snmptrapd does not write to its log."""
    hole, port = bench.start_server('raw_receiver', None, ms=1)
    bench.finish(hole)  # its port is free now
    log = os.path.join(bench.work.name, 'traps.log')
    if os.path.exists(log):
        os.unlink(log)
    # Alone it would not end, should the bench be killed.
    daemon = bench.start(
        ['timeout', '60', 'snmptrapd', '-f', '-C', '-On', '-n', '-Lf', log,
         '--disableAuthorization=yes', 'udp:127.0.0.1:%d' % port], bench.cpu)
    try:
        for _ in range(100):
            if is_bound(port):
                break
            time.sleep(0.05)
        before = count_lines(log)
        sent = shoot(bench, port, rate=rate, ms=bench.ms)['sent']
        time.sleep(0.5)
    finally:
        bench.end(daemon)
    # Each is a line about the sender and one with the variables.
    return sent - (count_lines(log) - before) // 2


def sustained_by_daemon(bench):
    return sustained(lambda rate: daemon_loses(bench, int(rate)) <= 0, 20000)


def without_loss(bench):
    """Traps a second without loss"""
    results = bench.in_turn({name: lambda name=name: sustained_by(bench, name)
                             for name in ('ours', 'drained', 'select',
                                          'raw')})
    bench.known['T2'] = median(results['ours'], 'rate')
    what = 'traps without loss'
    lines = [compare('T2', what, results, 'rate', '/s', 'drained',
                     ('>=', 1.5), limit='raw'),
             compare('T2', what, results, 'rate', '/s', 'select',
                     ('>=', 2.5))]
    if shutil.which('snmptrapd', path=os.environ['PATH'] + ':/usr/sbin'):
        results['snmptrapd'] = [sustained_by_daemon(bench)]
        results['ours'] = [{'rate': bench.known['T2']}]
        lines.append(compare('T2', what, results, 'rate', '/s', 'snmptrapd',
                             ('>=', 30)))
    return lines


def burst(bench):
    """A burst of 20,000 traps, default buffers"""
    own = {'ours': None, 'drained': {'buffer': 0}, 'select': {'buffer': 0}}
    results = bench.in_turn({
        name: lambda name=name: receive(bench, name, own[name], count=20000,
                                        ms=10000, segments=0)
        for name in own})
    lost = max(sample['lost'] for sample in results['ours'])
    with open('/proc/sys/net/core/rmem_max') as most:
        allowed = int(most.read()) >= 4 << 20
    line = Line('T4', 'burst of 20,000, lost', lost, '',
                ('<=', 0, lost) if allowed else None,
                median(results['drained'], 'lost'), 'drained')
    return [line, Line('T4', 'burst of 20,000, lost', lost, '', None,
                       median(results['select'], 'lost'), 'select')]


def flood(bench):
    """Far too many traps for some seconds"""
    best = bench.known.get('T2') or sustained_by(bench, 'ours')['rate']
    found = receive(bench, 'ours', rate=FLOOD,
                    ms=1500 if bench.quick else 5000)
    part = found['rate'] / best
    uncounted = found['lost'] - found['drops'] - found['dropped_here']
    return [Line('T5', 'flood of %.2f M/s, delivered' %
                 (found['offered'] / 1e6), found['rate'], '/s',
                 ('>=', 0.9), best, 'without loss', part),
            Line('T5', 'flood, lost and not counted', uncounted, '',
                 ('<=', 0, uncounted)),
            Line('T5', 'flood, memory', found['rss'], 'kB',
                 ('<=', 65536, found['rss']))]


def per_trap(bench, name):
    """The difference of two runs, so that the start does not count."""
    program, options = RECEIVERS[name]
    points = []
    for count in (1000, 6000):
        process, out = bench.instructions(bench.command(program, **options))
        try:
            port = int(process.stdout.readline().split()[1])
            shoot(bench, port, rate=4000, count=count, ms=10000)
            got = bench.finish(process)['got']
        finally:
            bench.end(process)
        points.append((got, harness.collected(out)))
    return {'instructions': (points[1][1] - points[0][1]) /
                            (points[1][0] - points[0][0])}


def trap_instructions(bench):
    """User instructions for a trap of six variables"""
    results = bench.in_turn({name: lambda name=name: per_trap(bench, name)
                             for name in ('ours', 'drained')},
                            1 if bench.quick else 3)
    line = compare('I2', 'instructions for a trap', results, 'instructions',
                   '', 'drained')
    line.goal = ('<=', 5500, line.ours)
    return [line]


ROWS = {'I2': trap_instructions, 'T1': overload, 'T2': without_loss,
        'T4': burst, 'T5': flood}
